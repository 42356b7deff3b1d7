// Reads one day out of a line chart: by pointer, by touch or by the arrow keys.
// The page has all numbers without this, in its tables, which is where they come from.

const WIDTH = 1000; // of the drawing, in its own units
const HEIGHT = 240;

for (const plot of document.querySelectorAll("[data-plot]")) readable(plot);

function readable(plot) {
  const chart = plot.closest("section");
  const rows = [...chart.querySelectorAll("tbody tr")];
  const names = [...chart.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const readout = chart.querySelector("[data-readout]");
  const drawing = plot.querySelector(":scope > svg");
  const cursor = drawing.querySelector(".cursor");
  const last = rows.length - 1;
  let at = last;

  readout.hidden = false;
  readout.textContent = "Point at a day, or use the arrow keys.";
  plot.tabIndex = 0;
  plot.setAttribute("role", "slider");
  plot.setAttribute("aria-label", "Day");
  plot.setAttribute("aria-valuemin", 1);
  plot.setAttribute("aria-valuemax", rows.length);
  tell(at);

  function tell(row) {
    at = Math.min(Math.max(row, 0), last);
    const [day, ...numbers] = [...rows[at].cells].map((cell) => cell.textContent);
    const said = numbers.map((number, index) => `${number} ${names[index + 1]}`);
    plot.setAttribute("aria-valuenow", at + 1);
    plot.setAttribute("aria-valuetext", `${day}: ${said.join(", ")}`);
  }

  function show(row) {
    tell(row);
    readout.textContent = plot.getAttribute("aria-valuetext");
    cursor.setAttribute("d", `M${last ? (at * WIDTH) / last : WIDTH / 2} 0v${HEIGHT}`);
  }

  function point(event) {
    const { left, width } = drawing.getBoundingClientRect();
    show(Math.round(((event.clientX - left) / width) * last));
  }

  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  plot.addEventListener("focus", () => show(at));
  plot.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
}
