// <passkey-button hidden data-options="…" data-kind="get|create" data-cancelled="…" data-failed="…"><form>… hidden input "answer", button</form><p role="status"></p></passkey-button>
// Asks the platform what to ask the device, asks the device, and sends its answer with the form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));
function ready(options) {
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) found.allowCredentials = listed(options.allowCredentials);
  if (options.excludeCredentials) found.excludeCredentials = listed(options.excludeCredentials);
  return found;
}

function plain(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
}

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.querySelector("form").addEventListener("submit", (event) => {
      const form = event.target;
      if (form.elements.answer.value) return;
      event.preventDefault();
      this.#ask(form);
    });
  }
  async #ask(form) {
    const said = this.querySelector("[role=status]");
    said.textContent = "";
    try {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(this.dataset.options, { method: "POST", body });
      if (!answer.ok && this.dataset.prove) { location.assign(this.dataset.prove); return; }
      const { publicKey } = await answer.json();
      const credential = await navigator.credentials[this.dataset.kind]({ publicKey: ready(publicKey) });
      form.elements.answer.value = plain(credential);
      form.requestSubmit();
    } catch (fault) {
      said.textContent = fault.name === "NotAllowedError" || fault.name === "InvalidStateError" ? this.dataset.cancelled : this.dataset.failed;
    }
  }
}
customElements.define("passkey-button", PasskeyButton);
