/* Passkeys: asks the browser for one as soon as the page is there, and sends what it answers. The server writes bytes as
   base64url, and reads them so. */
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const again = form.querySelector("[data-passkey-again]");
  const failed = form.querySelector("[data-passkey-failed]");

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function asked() {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    options.allowCredentials = withBytes(options.allowCredentials);
    options.excludeCredentials = withBytes(options.excludeCredentials);
    if (options.user) options.user.id = bytes(options.user.id);
    return { publicKey: options };
  }

  function answered(credential) {
    const { id, rawId, type, response } = credential;
    const told = { transports: response.getTransports?.() };
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) told[part] = text(response[part]);
    }
    return JSON.stringify({
      id, rawId: text(rawId), type, response: told, extensions: JSON.stringify(credential.getClientExtensionResults()),
    });
  }

  async function ask() {
    failed.hidden = again.hidden = true;
    try {
      const container = navigator.credentials;
      if (!container) throw new Error("there are no passkeys without HTTPS");
      const made = form.dataset.passkey === "create" ? container.create(asked()) : container.get(asked());
      form.elements.credential.value = answered(await made);
    } catch (error) {
      failed.querySelector("[data-passkey-why]").textContent = error.message;
      failed.hidden = again.hidden = false;
      return;
    }
    form.submit();
  }

  again.addEventListener("click", ask);
  ask();
})();
