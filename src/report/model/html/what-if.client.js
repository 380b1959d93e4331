// Computes what a program with the reader's numbers would cost in every configuration. Runs in the report, offline.

/** The calculation alone; `model` is the view's `WhatIfView`. Nothing here touches the page. */
function whatIfModel(model) {
  /** Calls that the other numbers bring with them are counted where the reader named fewer. */
  function completed(values) {
    const within = model.callsWithin.reduce((sum, { of, factor }) => sum + factor * values[of], 0);
    return { ...values, calls: Math.max(values.calls, within), threads: Math.max(1, values.threads) };
  }

  /** How often each term is met in one second of the native run. */
  function demandOf(values, rules = model.rules) {
    const demand = {};
    for (const { term, of, times, factor, above } of rules) {
      if (above !== null && values[above.input] <= above.value) continue;
      const count = factor * values[of] * (times === null ? 1 : values[times]);
      demand[term] = (demand[term] ?? 0) + count;
    }
    return demand;
  }

  /** Type 7, of numbers in order. */
  function quantile(ordered, q) {
    const place = (ordered.length - 1) * q;
    const below = Math.floor(place);
    const low = ordered[below];
    const high = ordered[Math.min(below + 1, ordered.length - 1)];
    return low + (high - low) * (place - below);
  }

  function interval(slowdown, { draws, errorBound }, slowdownWith) {
    if (errorBound !== null) {
      const { least, growth } = model.errorScale;
      const bound = errorBound * (least + growth * Math.min(1, Math.abs(Math.log(slowdown))));
      return { low: slowdown * Math.exp(-bound), high: slowdown * Math.exp(bound) };
    }
    const drawn = draws.map(slowdownWith).sort((a, b) => a - b);
    return { low: quantile(drawn, 0.05), high: quantile(drawn, 0.95) };
  }

  /** `missing`: terms that the program meets and this configuration has no cost for; then there is no number. */
  function resultOf(values, configuration) {
    const { threads, ...own } = completed(values);
    const demand = demandOf({ ...own, threads });
    const needed = demandOf(
      { ...own, threads },
      model.rules.filter(({ optional }) => !optional),
    );
    const met = Object.keys(needed).filter((term) => needed[term] !== 0);
    const missing = met.filter((term) => !configuration.terms.includes(term));
    if (missing.length > 0) return { missing };
    const sharing = Math.min(threads, configuration.mostOverlap ?? threads);
    const calling = (demand.trap ?? 0) + (demand["patched-trap"] ?? 0);
    const pausing = Math.min(calling, demand["paused-trap"] ?? 0);
    const crowded = ((threads - sharing) / threads) * (calling - pausing);
    const times = { ...demand, "paused-trap": pausing + crowded };
    const parts = (costs) => configuration.terms.map((term, index) => (times[term] ?? 0) * costs[index]);
    const slowdownWith = (costs) => {
      const extraNs = parts(costs).reduce((sum, part) => sum + part, 0) / sharing;
      return Math.max(model.smallestSlowdown, 1 + extraNs / 1e9);
    };
    const slowdown = slowdownWith(configuration.costs);
    const mostly = parts(configuration.costs)
      .map((part, index) => ({ term: configuration.terms[index], share: part / sharing / 1e9 }))
      .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))[0];
    return { slowdown, ...interval(slowdown, configuration, slowdownWith), mostly, missing };
  }

  /** What doesn't fit together; empty where everything does. */
  function remarkOf(values) {
    const { calls, threads } = completed(values);
    const remarks = [];
    if (calls > values.calls) {
      remarks.push(
        `The other numbers need ${Math.ceil(calls).toLocaleString("en")} system calls a second; so many are counted.`,
      );
    }
    const thinking = (calls * values.think) / 1e6;
    if (thinking > threads) {
      remarks.push(
        `${Math.ceil(calls).toLocaleString("en")} calls with ${values.think} µs before each take ${thinking.toPrecision(2)} s of every second: more threads than ${threads} have to be at work.`,
      );
    }
    return remarks.join(" ");
  }

  return { resultOf, remarkOf };
}

function whatIfPage() {
  const form = document.getElementById("what-if-inputs");
  if (form === null) return;
  const view = JSON.parse(document.getElementById("what-if-data").textContent);
  const model = whatIfModel(view);
  const results = document.getElementById("what-if-results");
  const filters = document.getElementById("what-if-filters");
  const STEPS = 1000;
  const values = {};
  const numberOf = (id) => form.querySelector(`[data-number="${id}"]`);
  const sliderOf = (id) => form.querySelector(`[data-slider="${id}"]`);

  /** A slider's place for a value: 0 is 0, then logarithmic from the least to the most. */
  function placeOf({ least, most }, value) {
    if (least === null) return value;
    if (value < least) return 0;
    return 1 + Math.round(((STEPS - 1) * Math.log(value / least)) / Math.log(most / least));
  }

  function valueAt({ least, most }, place) {
    if (least === null) return place;
    if (place === 0) return 0;
    return Number((least * (most / least) ** ((place - 1) / (STEPS - 1))).toPrecision(2));
  }

  function setAll(given) {
    for (const input of view.inputs) {
      values[input.id] = given[input.id] ?? (input.id === "threads" ? 1 : 0);
      numberOf(input.id).value = values[input.id];
      sliderOf(input.id).value = placeOf(input, values[input.id]);
    }
    show();
  }

  function factorText(value) {
    return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  /** Shares of the bar's width between the ends of the scale, which every row has in common. */
  function barOf({ slowdown, low, high }, least, most) {
    const place = (value) => (100 * Math.log(value / least)) / Math.log(most / least);
    const bar = element("span", "bar", "");
    bar.setAttribute("aria-hidden", "true");
    const marks = [
      ["native", place(1), 0],
      ["range", place(low), place(high) - place(low)],
      ["point", place(slowdown), 0],
    ];
    for (const [name, left, width] of marks) {
      const mark = element("i", name, "");
      mark.style.left = `${left}%`;
      if (width > 0) mark.style.width = `${width}%`;
      bar.append(mark);
    }
    return bar;
  }

  function becauseOf({ mostly }) {
    if (mostly === undefined || Math.abs(mostly.share) < 0.005) return "no term adds more than 0.5 %";
    const percent = (100 * mostly.share).toLocaleString("en", { maximumSignificantDigits: 3 });
    return `mostly ${view.terms[mostly.term].title}: ${mostly.share > 0 ? "+" : ""}${percent} %`;
  }

  function lineOf({ configuration, result }, least, most) {
    const line = element("li", "", "");
    line.dataset.configuration = configuration.configuration;
    line.append(element("span", "name", configuration.label));
    const { slowdown, low, high } = result;
    line.append(
      element("strong", "value", `${factorText(slowdown)}x`),
      element("span", "interval", `[${factorText(low)}, ${factorText(high)}] n=${configuration.n}`),
      barOf(result, least, most),
      element("span", "because", becauseOf(result)),
    );
    return line;
  }

  /** Configurations without a number, and what they lack. */
  function showUnknown(unknown) {
    const box = document.getElementById("what-if-unknown");
    box.hidden = unknown.length === 0;
    const many = unknown.length === 1 ? "configuration has" : "configurations have";
    box.querySelector("summary").textContent = `${unknown.length} ${many} no number for this program`;
    const items = unknown.map(({ configuration, result }) => {
      const scenarios = new Set(result.missing.map((term) => view.terms[term].measuredBy));
      const terms = result.missing.map((term) => view.terms[term].title);
      const text = `${configuration.label}: this run does not tell ${terms.join("; ")} there (${[...scenarios].join(", ")})`;
      return element("li", "", text);
    });
    box.querySelector("ul").replaceChildren(...items);
  }

  function show() {
    const shown = view.configurations
      .filter(({ hasFilter }) => !hasFilter || filters?.checked === true)
      .map((configuration) => ({ configuration, result: model.resultOf(values, configuration) }));
    const known = shown.flatMap(({ result }) => (result.missing.length > 0 ? [] : [result]));
    const least = Math.min(0.9, ...known.map(({ low }) => low)) * 0.97;
    const most = Math.max(2, ...known.map(({ high }) => high)) * 1.05;
    const lines = shown.filter(({ result }) => result.missing.length === 0);
    results.replaceChildren(...lines.map((one) => lineOf(one, least, most)));
    showUnknown(shown.filter(({ result }) => result.missing.length > 0));
    document.getElementById("what-if-remark").textContent = model.remarkOf(values);
  }

  form.addEventListener("input", ({ target }) => {
    const id = target.dataset.slider ?? target.dataset.number;
    const input = view.inputs.find((one) => one.id === id);
    if (input === undefined) return;
    const isSlider = target.dataset.slider !== undefined;
    const given = isSlider ? valueAt(input, Number(target.value)) : Number(target.value);
    values[id] = Math.min(input.most, Math.max(0, Number.isFinite(given) ? given : 0));
    if (isSlider) numberOf(id).value = values[id];
    else sliderOf(id).value = placeOf(input, values[id]);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", ({ target }) => {
    const example = target.dataset?.example;
    if (example !== undefined) setAll(view.examples[Number(example)].values);
  });
  filters?.addEventListener("change", show);
  setAll(view.examples[0].values);
}

if (typeof document !== "undefined") whatIfPage();
