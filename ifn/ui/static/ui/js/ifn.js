// What every page gets. Pages are complete without it; everything here only makes them nicer.
const root = document.documentElement;
const here = document.querySelector("script[data-htmx]");
root.dataset.enhanced = "";

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.#show();
    this.addEventListener("click", () => {
      const theme = this.#isDark() ? "light" : "dark";
      root.dataset.theme = theme;
      // a cookie, so that the next page comes in the right colours at once
      document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
      this.#show();
    });
  }
  #isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  #show() {
    for (const face of this.querySelectorAll("[data-when]")) face.hidden = (face.dataset.when === "dark") !== this.#isDark();
    this.querySelector("button")?.setAttribute("aria-pressed", String(this.#isDark()));
  }
}
customElements.define("theme-toggle", ThemeToggle);

// An error summary is read out first and takes the focus.
document.querySelector(".error-summary")?.focus();

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const busy of document.querySelectorAll(".button[aria-busy]")) busy.removeAttribute("aria-busy");
});

// The phone's filter sheet and menu belong to narrow screens only.
matchMedia("(width >= 52rem)").addEventListener("change", (wide) => {
  if (wide.matches) for (const sheet of document.querySelectorAll(".nav:popover-open, .filters:popover-open")) sheet.hidePopover();
});

// Each element brings its own module, asked for only by pages that use it.
const elements = {
  "suggest-box": () => import("./elements/suggest-box.js"),
  "filter-form": () => import("./elements/filter-form.js"),
  "copy-button": () => import("./elements/share.js"),
  "share-button": () => import("./elements/share.js"),
  "auto-save": () => import("./elements/auto-save.js"),
  "file-limit": () => import("./elements/file-limit.js"),
  "choice-filter": () => import("./elements/choice-filter.js"),
  "drag-order": () => import("./elements/drag-order.js"),
  "photo-sender": () => import("./elements/photo-sender.js"),
  "my-position": () => import("./elements/my-position.js"),
  "pick-one": () => import("./elements/pick-one.js"),
  "picture-preview": () => import("./elements/picture-preview.js"),
  "passkey-button": () => import("./elements/passkey-button.js"),
  "work-keys": () => import("./elements/work-keys.js"),
  "proof-of-work": () => import("./elements/proof-of-work.js"),
};
for (const [name, load] of Object.entries(elements)) if (document.querySelector(name)) load();

function fetchHtmx() {
  const script = document.createElement("script");
  script.src = here.dataset.htmx;
  document.head.append(script);
}
if (here && document.querySelector("[hx-get], [hx-post]")) {
  // htmx sets itself up at once in a complete document, and never when it arrives just after DOMContentLoaded
  if (document.readyState === "complete") fetchHtmx();
  else addEventListener("load", fetchHtmx);
}
