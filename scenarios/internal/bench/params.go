package bench

import (
	"encoding/json"
	"fmt"
)

// Params are the scenario's parameters as the harness has filled them in. Defaults stand in scenario.ts alone.
type Params map[string]json.RawMessage

func parseParams(text string) (Params, error) {
	if text == "" {
		return nil, fmt.Errorf("SBX_PARAMS is not set: give the parameters of scenario.ts as a JSON object")
	}
	var p Params
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return nil, fmt.Errorf("SBX_PARAMS is no JSON object: %w", err)
	}
	return p, nil
}

func (p Params) decode(name string, into any) error {
	raw, there := p[name]
	if !there {
		return fmt.Errorf("SBX_PARAMS has no %q: see the scenario's scenario.ts", name)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("SBX_PARAMS: %q is %s: %w", name, raw, err)
	}
	return nil
}
