// A swap that takes the focused link away hands the focus on to what came in its place; nothing else.
(function () {
  "use strict";
  var was = null, parent = null, index = 0;
  document.addEventListener("htmx:before:swap", function () {
    was = document.activeElement;
    var part = was && was !== document.body ? was.closest("p, div") : null;
    parent = part ? part.parentElement : null;
    index = parent ? Array.prototype.indexOf.call(parent.children, part) : 0;
  });
  document.addEventListener("htmx:after:swap", function () {
    if (!parent || was.isConnected || document.activeElement !== document.body) return;
    var came = parent.children[index];
    var place = came && (came.matches("[tabindex]") ? came : came.querySelector("[tabindex]"));
    parent = null;
    if (place) place.focus({ preventScroll: true });
  });
})();
