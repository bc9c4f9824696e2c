// Keyboard focus outlives what changes under it: a swap that takes the focused link away hands the focus on to what
// came in its place, and a page that is read anew by itself (data-reload) takes it up where it was.
(function () {
  "use strict";
  var was = null, parent = null, index = 0, KEPT = "debtboard-focus", STOPS = "a, button, input, select, textarea, [tabindex]";
  document.addEventListener("htmx:before:swap", function () {
    was = document.activeElement;
    var part = was && was !== document.body ? was.closest("p, div") : null;
    parent = part ? part.parentElement : null;
    index = parent ? Array.prototype.indexOf.call(parent.children, part) : 0;
  });
  document.addEventListener("htmx:after:swap", function () {
    if (document.querySelector("[data-reload]")) { again(); return; }
    if (!parent || was.isConnected || document.activeElement !== document.body) return;
    var came = parent.children[index];
    var place = came && (came.matches("[tabindex]") ? came : came.querySelector("[tabindex]"));
    parent = null;
    if (place) place.focus({ preventScroll: true });
  });

  // What is focused is named by its words and address: the page that comes has other elements at other places.
  function name(stop) { return [stop.id, stop.getAttribute("href"), stop.getAttribute("aria-label"), stop.textContent.trim()].join("|").slice(0, 300); }
  function again() {
    var held = document.activeElement;
    if (held && held !== document.body) sessionStorage.setItem(KEPT, name(held));
    location.reload();
  }
  document.addEventListener("DOMContentLoaded", function () {
    var kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    if (!kept) return;
    var place = Array.prototype.find.call(document.querySelectorAll(STOPS), function (stop) { return name(stop) === kept; });
    (place || document.getElementById("main")).focus({ preventScroll: true });
  });
})();
