// Draws the charts as wide as the page and in its colours, and exports them. Runs in the report, offline.
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const drawnWidth = new Map();

  /** The specification for a box of `width` px. */
  function fitted({ spec, fit }, width) {
    if (fit.kind === "width") return { ...spec, width };
    if (fit.kind === "fixed") return spec;
    if (fit.kind === "rows") {
      const labels = width > 600 ? fit.labelWidth : fit.narrowLabels;
      const panel = Math.max(140, width - labels - 30);
      return { ...spec, vconcat: spec.vconcat.map((one) => ({ ...one, width: panel })) };
    }
    const columns = Math.max(1, Math.floor((width - fit.labelWidth) / fit.panelWidth));
    const gap = spec.spacing?.column ?? 20;
    const panel = Math.floor((width - fit.labelWidth - 16) / columns) - gap;
    return { ...spec, columns, spec: { ...spec.spec, width: Math.max(120, panel) } };
  }

  /** On a phone, neither row names nor legends may push the data out of sight. */
  function configFor({ fit }, theme, width) {
    const config = data.themes[theme];
    if (width > 600) return config;
    const legend = { ...config.legend, columns: 2, labelLimit: 140 };
    if (fit.narrowLabels === undefined) return { ...config, legend };
    return { ...config, legend, axisY: { ...config.axisY, labelLimit: fit.narrowLabels } };
  }

  async function draw(figure) {
    const box = figure.querySelector(".scroll");
    const width = Math.floor(box.clientWidth);
    const theme = dark.matches ? "dark" : "light";
    if (width === 0 || drawnWidth.get(figure) === `${width} ${theme}`) return;
    drawnWidth.set(figure, `${width} ${theme}`);
    const live = figure.querySelector(".live");
    const chart = data.charts[figure.dataset.chart];
    const spec = { ...fitted(chart, width), config: configFor(chart, theme, width) };
    const options = {
      mode: "vega-lite",
      actions: false,
      renderer: "svg",
      logLevel: vega.Error,
      tooltip: { theme },
    };
    await vegaEmbed(live, spec, options);
    figure.classList.add("drawn");
  }

  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
    },
    { rootMargin: "800px" },
  );
  for (const figure of figures) seen.observe(figure);

  // Another part of the page shows other data in a chart: `detail` changes it in place.
  document.addEventListener("chartchange", ({ target, detail }) => {
    detail(data.charts[target.dataset.chart]);
    if (drawnWidth.delete(target)) draw(target);
  });

  let waiting = 0;
  function redraw() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const figure of figures) if (figure.classList.contains("drawn")) draw(figure);
    }, 150);
  }
  addEventListener("resize", redraw);
  dark.addEventListener("change", redraw);

  /** The chart as it goes into a document: light, at its own width. */
  function exportView({ spec }) {
    const { spec: compiled } = vegaLite.compile(
      { ...spec, config: data.themes.light },
      { logger: vega.logger(vega.Error) },
    );
    return new vega.View(vega.parse(compiled), { renderer: "none" });
  }

  function csvText({ head, rows }) {
    const cell = (value) => {
      if (typeof value !== "string") return value === null ? "" : String(value);
      // A spreadsheet would compute what begins like a formula (src/report/kit/csv-text.ts says more).
      const isNumber = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(value);
      const text = !isNumber && /^[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value;
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
  }

  const exporters = {
    csv: (chart) => new Blob([csvText(chart.csv)], { type: "text/csv" }),
    svg: async (chart) => new Blob([await exportView(chart).toSVG()], { type: "image/svg+xml" }),
    png: async (chart) => {
      const canvas = await exportView(chart).toCanvas(2);
      return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    },
  };

  document.addEventListener("click", async (event) => {
    const kind = event.target.dataset?.export;
    if (kind === undefined) return;
    const id = event.target.closest("figure").dataset.chart;
    const url = URL.createObjectURL(await exporters[kind](data.charts[id]));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${data.runId}-${id}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });

  document.documentElement.classList.add("scripted");
})();
