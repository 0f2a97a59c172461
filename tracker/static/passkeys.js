/* Passkeys: asks the browser for one as soon as the page is there, and sends what it answers. The conversions between
   texts and bytes are Flask-Security's webauthn.js, loaded before this. */
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const again = form.querySelector("[data-passkey-again]");
  const failed = form.querySelector("[data-passkey-failed]");

  async function ask() {
    failed.hidden = again.hidden = true;
    const ceremony = form.dataset.passkey === "create" ? handleRegister : handleSignin;
    const { credential, error_msg: error } = await ceremony(form.dataset.options);
    if (credential) {
      form.elements.credential.value = credential;
      form.submit();
      return;
    }
    failed.querySelector("[data-passkey-why]").textContent = error;
    failed.hidden = again.hidden = false;
  }

  again.addEventListener("click", ask);
  ask();
})();
