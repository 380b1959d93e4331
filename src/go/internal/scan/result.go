// Package scan finds what Go source reaches beyond computing. It is early rejection and explanation, and no boundary.
package scan

import (
	"cmp"
	"slices"
)

// Finding is one place in the source, or one fact of a module.
type Finding struct {
	Rule string `json:"rule"`
	// File as it was named on the command line, or below the folder that was.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// What stands there: `os.RemoveAll`, `import "C"`.
	What string `json:"what"`
	// Of types: "called", "reachable" or "imported"; empty where only syntax was read.
	Reach string `json:"reach,omitempty"`
}

// Result of one scan.
type Result struct {
	Tier     string    `json:"tier"`
	Files    int       `json:"files"`
	Bytes    int64     `json:"bytes"`
	Findings []Finding `json:"findings"`
	// What the source asks to be let pass.
	Allowances []Allowance `json:"allowances"`
	// Why types could not be told; empty where they were, or were not asked for.
	Unloaded string `json:"unloaded,omitempty"`
}

// Allowance is a comment `//sbx:allow RULE reason`, for its own line and the next.
type Allowance struct {
	Rule   string `json:"rule"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func (r *Result) add(finding Finding) { r.Findings = append(r.Findings, finding) }

func (r *Result) sorted() Result {
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What))
	})
	r.Findings = slices.Compact(r.Findings)
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	if r.Allowances == nil {
		r.Allowances = []Allowance{}
	}
	return *r
}
