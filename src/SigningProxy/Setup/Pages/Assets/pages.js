// What pages do beyond HTML. Without it they work all the same.
"use strict";

// Fields come and go at once with what they depend on: data-when is "field=value;field=value", and all must hold.
function refresh(form) {
  const value = name => {
    const field = form.elements.namedItem(name);
    return field === null ? "" : field.type === "checkbox" ? String(field.checked) : field.value;
  };
  for (const part of form.querySelectorAll("[data-when*=\"=\"]")) {
    part.hidden = !part.dataset.when.split(";").every(condition => {
      const at = condition.indexOf("=");
      return value(condition.slice(0, at)) === condition.slice(at + 1);
    });
  }
  for (const group of form.querySelectorAll("details"))
    group.hidden = group.querySelector(":scope > .field:not([hidden])") === null;
}
for (const form of document.querySelectorAll("form.entry")) {
  form.querySelector("button.plain")?.remove();
  form.addEventListener("input", () => refresh(form));
  refresh(form);
}

// What is wrong is read first.
document.getElementById("faults")?.focus();

// Quick Find narrows the list that is there.
const find = document.getElementById("find");
find?.addEventListener("input", () => {
  for (const item of document.querySelectorAll(".places li"))
    item.hidden = !item.textContent.toLowerCase().includes(find.value.trim().toLowerCase());
});

// What is told of calls is renewed as they come, but not under somebody's hands.
if (document.querySelector("[data-live]") !== null) {
  const stream = new EventSource("/live");
  stream.addEventListener("message", event => {
    const told = document.createElement("template");
    told.innerHTML = event.data;
    for (const part of told.content.querySelectorAll("[data-live]")) {
      const shown = document.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!shown.contains(document.activeElement))
        shown.replaceChildren(...part.childNodes);
    }
  });
  addEventListener("pagehide", () => stream.close());
}
