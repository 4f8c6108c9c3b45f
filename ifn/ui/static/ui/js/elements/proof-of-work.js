// A little work before a visitor's message is sent: finds the number whose hash begins with enough zero bits.
// It works while one writes; who has no script, or is faster, is only served more slowly.
const BATCH = 256;

class ProofOfWork extends HTMLElement {
  connectedCallback() {
    const solution = this.querySelector("[name=solution]");
    if (solution && globalThis.crypto?.subtle) this.#work(this.dataset.word, Number(this.dataset.bits), solution);
  }

  async #work(word, bits, solution) {
    const encoder = new TextEncoder();
    for (let start = 0; this.isConnected; start += BATCH) {
      const tries = Array.from({ length: BATCH }, (_, index) => start + index);
      const hashes = await Promise.all(tries.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(`${word}.${number}`))));
      const found = hashes.findIndex((hash) => zeros(new DataView(hash)) >= bits);
      if (found >= 0) { solution.value = String(start + found); return; }
      await new Promise((resolve) => setTimeout(resolve)); // typing comes first
    }
  }
}

const zeros = (view) => Math.clz32(view.getUint32(0));

customElements.define("proof-of-work", ProofOfWork);
