// Draws every .db-plot from the figure at its data-figure address, in the colours of the theme; nothing else.
(function () {
  "use strict";
  var TOKENS = { bad: "--db-heat-3", good: "--db-good-tint", unseen: "--db-unseen", ground: "--db-unseen-bg", best: "--db-bad",
    worst: "--db-good-edge", value: "--db-ink", halo: "--db-sheet", axis: "--db-line-2", grid: "--db-line", text: "--db-ink-2", sheet: "--db-sheet" };
  var root = document.documentElement, shown = null, PAPER = 680, printing = false; // A4 and letter hold that many pixels

  function palette() {
    var probe = document.createElement("span"), found = {};
    document.body.appendChild(probe);
    Object.keys(TOKENS).forEach(function (part) {
      probe.style.color = "var(" + TOKENS[part] + ")";
      found[part] = getComputedStyle(probe).color;
    });
    probe.remove();
    return found;
  }

  function paint(figure, ink, narrow) {
    figure.data.forEach(function (trace) {
      if (trace.fill) trace.fillcolor = ink[trace.meta];
      else trace.line.color = ink[trace.meta] || ink.value;
      if (trace.fillpattern) { trace.fillpattern.fgcolor = ink.unseen; trace.fillpattern.bgcolor = ink.ground; }
    });
    var layout = figure.layout;
    layout.font.color = ink.text;
    [layout.xaxis, layout.yaxis].forEach(function (axis) { axis.gridcolor = ink.grid; axis.linecolor = ink.axis; });
    (layout.shapes || []).forEach(function (shape) {
      shape.line.color = shape.name === "ruler" || shape.name === "live" ? ink.value : ink.axis;
    });
    (layout.annotations || []).forEach(function (note) {
      note.font.color = note.name === "ruler" || note.name === "end-value" ? ink.value : ink.text;
    });
    layout.hoverlabel = { bgcolor: ink.sheet, bordercolor: ink.axis, font: { color: ink.value } };
    if (narrow) {
      layout.height = 260;
      layout.xaxis.tickvals = layout.xaxis.tickvals.filter(function (_, i, all) { return (all.length - 1 - i) % 3 === 0; });
      layout.xaxis.ticktext = layout.xaxis.ticktext.filter(function (_, i, all) { return (all.length - 1 - i) % 3 === 0; });
    }
    return figure;
  }

  function draw(box, source) {
    var figure = paint(JSON.parse(source), palette(), box.clientWidth < 640);
    box.dataset.source = source;
    if (printing) figure.layout.width = PAPER;
    Plotly.react(box, figure.data, figure.layout, { displayModeBar: false, responsive: !printing }).then(function () {
      box.dataset.drawn = "true";
    });
  }

  function start(box) {
    fetch(box.dataset.figure, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw new Error("figure: " + answer.status); return answer.text(); })
      .then(function (source) {
        box.textContent = "";
        box.removeAttribute("role");
        draw(box, source);
      })
      .catch(function () { box.dataset.drawn = "false"; }); // the drawing made by the server stays
  }

  function redraw() {
    document.querySelectorAll(".db-plot").forEach(function (box) { if (box.dataset.source) draw(box, box.dataset.source); });
  }

  // A picture of the plot: the SVG as it is, or drawn on a canvas; both stay inside the policy (img-src data:).
  function save(button) {
    var box = document.getElementById(button.dataset.plot), size = { width: 1240, height: 360 };
    Plotly.toImage(box, { format: "svg", width: size.width, height: size.height }).then(function (svg) {
      if (button.dataset.save === "svg") { offer(svg, button.dataset.name + ".svg"); return; }
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
        canvas.width = 2 * size.width;
        canvas.height = 2 * size.height;
        brush.fillStyle = palette().sheet;
        brush.fillRect(0, 0, canvas.width, canvas.height);
        brush.drawImage(image, 0, 0, canvas.width, canvas.height);
        offer(canvas.toDataURL("image/png"), button.dataset.name + ".png");
      };
      image.src = svg;
    });
  }

  function offer(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".db-plot[data-figure]").forEach(start);
    document.querySelectorAll("[data-save]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { save(button); });
    });
    new MutationObserver(redraw).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
    // Paper is light: the plots are drawn in its colours while the page is printed.
    window.addEventListener("beforeprint", function () {
      shown = root.getAttribute("data-bs-theme");
      printing = true;
      root.setAttribute("data-bs-theme", "light");
      redraw();
    });
    window.addEventListener("afterprint", function () {
      printing = false;
      if (shown) root.setAttribute("data-bs-theme", shown);
      else root.removeAttribute("data-bs-theme");
      redraw();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  });
})();
