// Shows another configuration in *why*: its stacks, its numbers, its gaps. Runs in the report, offline.
(() => {
  const choice = document.getElementById("why-choice");
  if (choice === null) return;
  const data = JSON.parse(document.getElementById("why-data").textContent);
  const UNITS = { why: "ns", "why-programs": "share" };

  const named = (fields, row) => Object.fromEntries(fields.map((field, index) => [field, row[index]]));

  /** As `formatValue` writes ns: three digits and a unit. */
  function timeText(value) {
    const [divisor, unit] = [
      [1e9, "s"],
      [1e6, "ms"],
      [1e3, "µs"],
      [1, "ns"],
    ].find(([size]) => Math.abs(value) >= size) ?? [1, "ns"];
    const scaled = value / divisor;
    const size = Math.abs(scaled);
    const decimals = Number.isInteger(scaled) || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return `${scaled.toLocaleString("en", digits)} ${unit}`;
  }

  function textOf(value, unit) {
    return unit === "ns" ? timeText(value) : `${value < 0 ? "" : "+"}${(100 * value).toFixed(1)} %`;
  }

  /** Rows of a chart with all their segments, in the order in which they are drawn. */
  function rowsOf({ rows, segments, marks }, keys) {
    return marks.map((values) => {
      const mark = named(data.fields.marks, values);
      const own = segments
        .map((one) => named(data.fields.segments, one))
        .filter(({ row }) => row === mark.row)
        .map(({ term, size }) => ({ ...data.terms[term], size }));
      return { ...mark, key: data.texts[keys[mark.row]], title: data.texts[rows[mark.row]], segments: own };
    });
  }

  function numbersOf(rows, unit) {
    return rows.map(({ title, measured, low, high, modelled, segments }) => {
      const interval = low === null || high === null ? "" : ` [${textOf(low, unit)}, ${textOf(high, unit)}]`;
      const parts = segments
        .toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size))
        .map(({ title: name, size }) => `${name} ${textOf(size, unit)}`);
      return [title, `${textOf(measured, unit)}${interval}`, textOf(modelled, unit), parts.join("; ")];
    });
  }

  function csvOf(rows, { configuration, rounds }, unit, head) {
    const lines = rows.map(({ key, measured, low, high, modelled, segments }) => [
      ...[key, configuration, unit, measured, low, high, rounds, modelled],
      ...data.terms.map(({ name }) => segments.find((one) => one.name === name)?.size ?? null),
    ]);
    return { head, rows: lines };
  }

  function fillTable(box, rows) {
    const body = box.querySelector("tbody");
    body.replaceChildren(
      ...rows.map((cells) => {
        const line = document.createElement("tr");
        for (const [index, text] of cells.entries()) {
          const cell = document.createElement(index === 0 ? "th" : "td");
          if (index === 0) cell.scope = "row";
          cell.textContent = text;
          line.append(cell);
        }
        return line;
      }),
    );
  }

  /** The chart's panels are alike but for their name and filter. */
  function specOf(spec, chart) {
    const panels = chart.panels.map((text) => data.texts[text]);
    const [first] = spec.vconcat;
    const params = { panelNames: panels, rowNames: chart.rows.map((text) => data.texts[text]) };
    const marks = chart.marks.map((row) => named(data.fields.marks, row));
    const segments = chart.segments.map((row) => named(data.fields.segments, row));
    return {
      ...spec,
      params: spec.params.map((param) => ({ ...param, value: params[param.name] ?? param.value })),
      data: { values: [...segments, ...marks] },
      vconcat: panels.map((text, index) => ({
        ...first,
        title: { ...first.title, text },
        transform: [{ filter: `datum.panel === ${index}` }],
      })),
    };
  }

  function showChart(id, chart, keys, chosen) {
    const figure = document.querySelector(`figure[data-chart="${id}"]`);
    if (figure === null) return;
    figure.hidden = chart.marks.length === 0;
    if (figure.hidden) return;
    const rows = rowsOf(chart, keys);
    const numbers = numbersOf(rows, UNITS[id]);
    fillTable(figure.querySelector(".numbers"), numbers);
    const words = numbers.map(
      ([title, measured, modelled]) => `${title}: measured ${measured}, modelled ${modelled}`,
    );
    figure
      .querySelector("[role=img]")
      .setAttribute("aria-label", `${chosen.configuration}. ${words.join(". ")}.`);
    const change = (drawn) => {
      drawn.spec = specOf(drawn.spec, chart);
      drawn.csv = csvOf(rows, chosen, UNITS[id], drawn.csv.head);
    };
    figure.dispatchEvent(new CustomEvent("chartchange", { bubbles: true, detail: change }));
  }

  choice.addEventListener("change", () => {
    const chosen = data.configurations[choice.selectedIndex];
    showChart("why", chosen.operations, chosen.operationKeys, chosen);
    showChart("why-programs", chosen.programs, chosen.programKeys, chosen);
    document.getElementById("why-rounds").textContent =
      `${chosen.rounds} ${chosen.rounds === 1 ? "round" : "rounds"}`;
    fillTable(
      document.getElementById("why-costs"),
      chosen.costs.map((row) => row.map((text) => data.texts[text])),
    );
    // Made and escaped where the page was made.
    document.getElementById("why-gaps").innerHTML = data.texts[chosen.gaps];
  });
})();
