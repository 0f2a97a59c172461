/* Small conveniences on pages that work without them. Nothing is evaluated, nothing is written into style attributes. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (text) => { const announcer = $("#announcer"); if (announcer) announcer.textContent = text; };

  document.documentElement.classList.add("js");

  /* --- keys: / ? j k ------------------------------------------------------------------------------------------ */

  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  function moveRow(step) {
    const rows = $$("[data-row]").filter((row) => row.getClientRects().length > 0);
    if (rows.length === 0) return;
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
    const link = $("a[href], button", row);
    if (!link) row.tabIndex = -1;
    (link || row).focus({ focusVisible: true });
    row.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    "/": () => $("[data-search], input[type=search]")?.focus(),
    "?": () => $("#keys")?.showModal(),
    x: () => document.activeElement.closest("[data-row]")?.querySelector("[data-pick]")?.click(),
    m: () => { const menu = document.activeElement.closest("[data-row]")?.querySelector("[data-moves]"); if (menu) { menu.open = true; $("a, button", menu)?.focus(); } },
    j: () => moveRow(1),
    k: () => moveRow(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") $$("[data-menu][open]").forEach((menu) => { menu.open = false; });
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || $("dialog[open]") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  /* --- clicks: dialogs, menus, copying ----------------------------------------------------------------------------- */

  async function copy(button) {
    const source = button.dataset.copy.startsWith("#") ? $(button.dataset.copy) : null;
    const text = source ? (source.value ?? source.textContent).trim() : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
      const word = button.textContent;
      button.textContent = "Copied";
      say("Copied");
      setTimeout(() => { button.textContent = word; }, 2000);
    } catch {
      if (source) getSelection().selectAllChildren(source);
      say("The text is selected. Copy it with your keyboard.");
    }
  }

  document.addEventListener("click", (event) => {
    $$("[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const copier = event.target.closest("[data-copy]");
    if (copier) copy(copier);
  });

  /* --- data-confirm: say what will happen, then ask ------------------------------------------------------------------ */

  function ask(text, action, go) {
    const dialog = $("#confirm");
    const yes = $("[value=yes]", dialog);
    $("#confirm-heading", dialog).textContent = action ? `${action}?` : "Please confirm";
    $("#confirm-text", dialog).textContent = text;
    yes.textContent = action || "Continue";
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") go(); }, { once: true });
    dialog.showModal();
  }

  const confirmed = new WeakSet();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asks = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!asks.dataset.confirm || confirmed.delete(form) || !$("#confirm")?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asks.dataset.confirm, event.submitter?.textContent.trim(), () => {
      confirmed.add(form);
      form.requestSubmit(event.submitter);
    });
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link || confirmed.delete(link) || !$("#confirm")?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(link.dataset.confirm, link.textContent.trim(), () => { confirmed.add(link); link.click(); });
  }, true);

  /* --- data-keep: what was typed survives a closed lid or an expired sign-in, in this tab only -------------------------- */

  const PREFIX = "keep:";
  const keyOf = (form) => `${PREFIX}${form.dataset.keep || location.pathname}#${form.id}`; // or the page that it belongs to
  const isKept = (field) => field.name && field.name !== "csrf_token"
    && !["hidden", "password", "file", "submit", "button"].includes(field.type);
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const isAsServed = (field) => {
    if (isTick(field)) return field.checked === field.defaultChecked;
    if (field.options) {
      const served = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex === Math.max(served, field.multiple ? -1 : 0);
    }
    return field.value === field.defaultValue;
  };

  // A refused form, and one filled from a line, comes with what was typed: all of it is kept, and nothing put over it.
  const isRefused = (form) => form.matches("[data-filled]") || $("#error-summary, [aria-invalid]", form) !== null;

  function store(form, sent = false) {
    const refused = isRefused(form);
    const values = $$("input, select, textarea", form).filter((field) => isKept(field) && (refused || !isAsServed(field)))
      .map((field) => [field.name, field.value, isTick(field) ? field.checked : null]);
    if (values.length) sessionStorage.setItem(keyOf(form), JSON.stringify({ sent, values }));
    else if (!sent) sessionStorage.removeItem(keyOf(form));
  }

  function forget(test = () => true) {
    Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX) && test(key))
      .forEach((key) => sessionStorage.removeItem(key));
  }

  function putBack(form) {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept || isRefused(form)) return;
    let put = 0;
    for (const [name, value, checked] of JSON.parse(kept).values) {
      const field = $$(`[name="${CSS.escape(name)}"]`, form).find((f) => isKept(f) && (!isTick(f) || f.value === value));
      if (!field || !isAsServed(field)) continue;
      if (checked === null) field.value = value; else field.checked = checked;
      put += isAsServed(field) ? 0 : 1;
    }
    if (put) sayPutBack(form);
  }

  // What was typed in its place, into a form that is not on the page now: the form is opened again.
  function reopen() {
    for (const key of Object.keys(sessionStorage)) {
      const [path, id] = key.slice(PREFIX.length).split("#");
      if (!key.startsWith(PREFIX) || path !== location.pathname || !id || $(`form#${CSS.escape(id)}`)) continue;
      $(`a[hx-get][hx-target="#${CSS.escape(id)}"]`)?.click();
    }
  }

  function sayPutBack(form) {
    const note = document.createElement("div");
    note.className = "notice notice-info field";
    note.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = "What you had typed here earlier was put back.";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-small";
    drop.textContent = "Discard it";
    drop.addEventListener("click", () => { form.reset(); sessionStorage.removeItem(keyOf(form)); note.remove(); });
    note.append(text, drop);
    form.prepend(note);
  }

  // Success is what the server says, not what was clicked: an expired sign-in must not cost anybody their text.
  function forgetWhatWasDone() {
    const signedInAgain = sessionStorage.getItem("signing-in");
    sessionStorage.removeItem("signing-in");
    if ($("[data-flash=success]") && !signedInAgain) forget((key) => JSON.parse(sessionStorage.getItem(key)).sent);
  }

  function keepForms() {
    $$("form[data-keep][id]").forEach((form) => {
      if (form.dataset.kept) return;
      form.dataset.kept = "yes";
      putBack(form);
      form.addEventListener("input", () => store(form));
      form.addEventListener("submit", () => store(form, true));
    });
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) forget();
    if (event.target.matches("[data-sign-in]")) sessionStorage.setItem("signing-in", "yes");
  });
  // Saved in its place, or left as it was: nothing of it has to be kept.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig.elt.closest("form[data-keep]");
    if (form && event.detail.xhr.status === 200) sessionStorage.removeItem(keyOf(form));
  });

  // A refusal is shown where the form was, with what was typed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([403, 409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  /* --- a part of the page that did not come -------------------------------------------------------------------------- */

  function warn(text) {
    $("#undelivered")?.remove();
    const note = document.createElement("div");
    note.id = "undelivered";
    note.className = "notice notice-error";
    note.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = text;
    note.append(line);
    $(".notices").append(note);
    note.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", () => warn("The server cannot be reached. What you typed is still here: try again in a moment."));
  document.addEventListener("htmx:responseError", () => warn("This could not be done just now. What you typed is still here: try again, or load the page again."));

  /* --- the board: a card dropped on a column opens the step that leads there ----------------------------------------------- */

  let carried = null;
  const wayTo = (lane) => carried && $(`[data-target="${CSS.escape(lane.dataset.lane)}"]`, carried);
  document.addEventListener("dragstart", (event) => {
    carried = event.target.closest?.("[data-card]") ?? null;
    if (!carried) return;
    event.dataTransfer.setData("text/plain", $("a", carried).href);
    $$("[data-lane]").forEach((lane) => lane.classList.toggle("takes-it", wayTo(lane) !== null));
  });
  document.addEventListener("dragover", (event) => {
    const lane = event.target.closest?.("[data-lane]");
    if (lane && wayTo(lane)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const lane = event.target.closest?.("[data-lane]");
    const way = lane && wayTo(lane);
    if (!way) return;
    event.preventDefault();
    location.assign(way.href);
  });
  document.addEventListener("dragend", () => {
    carried = null;
    $$("[data-lane]").forEach((lane) => lane.classList.remove("takes-it"));
  });

  /* --- a selection: how many are ticked ------------------------------------------------------------------------------- */

  function count() {
    const picks = $$("[data-pick]");
    const picked = picks.filter((pick) => pick.checked).length;
    const line = $("[data-picked]");
    if (!line) return;
    line.textContent = picked ? `With the ${picked} selected` : "With the selected manuscripts";
    line.closest("form").classList.toggle("has-picks", picked > 0);
  }

  document.addEventListener("change", (event) => { if (event.target.matches("[data-pick]")) count(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-pick-all]")) return;
    const picks = $$("[data-pick]");
    const all = picks.some((pick) => !pick.checked);
    picks.forEach((pick) => { pick.checked = all; });
    count();
  });
  count();

  document.addEventListener("htmx:afterSettle", keepForms);
  forgetWhatWasDone();
  keepForms();
  document.addEventListener("DOMContentLoaded", () => setTimeout(reopen)); // when htmx has looked at the page
  $("#error-summary")?.focus();
})();
