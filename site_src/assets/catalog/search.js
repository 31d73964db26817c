// @ts-check
/* The page's side of the search: asks the engine in a worker, or in this thread where no worker starts. */

import { wantsAbstracts } from "./loader.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {"search" | "show" | "suggest" | "tally" | "list" | "locate" | "compare"} Method */
/**
 * @typedef {{id: number, name: Method, values: any[], resolve: (value: any) => void}} Call
 */

/** The address of the site's root. */
export const BASE = new URL("../../", import.meta.url).href;

/**
 * Return the address to go to: from disk no server answers a folder's address with its page.
 * @param {string} address
 */
export function toPage(address) {
  const url = new URL(address);
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}

export class Search {
  /**
   * @param {import("./data.js").Index} index
   * @param {string} root the way to the site's root, as links on this page have it
   * @param {(loaded: number) => void} progress called when more of the list has come
   * @param {(reason: string) => void} fail called when the list cannot be had
   */
  constructor(index, root, progress, fail) {
    this.index = index;
    this.root = root;
    this.progress = (/** @type {number} */ loaded) => {
      this.loaded = loaded;
      progress(loaded);
    };
    this.loaded = 0;
    this.hasAskedForAbstracts = false;
    this.fail = fail;
    /** @type {Map<number, Call>} */
    this.calls = new Map();
    this.last = 0;
    this.turn = 0;
    /** @type {Promise<any> | null} */
    this.busy = null;
    /** @type {Promise<Engine> | null} the engine, when it runs in this thread */
    this.engine = null;
    this.worker = this.startWorker();
    if (!this.worker) this.startHere();
  }

  /** @returns {Worker | null} */
  startWorker() {
    // No worker starts from disk.
    if (BASE.startsWith("file:")) return null;
    try {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }) => this.receive(data));
      // A browser that has no module workers, or a rule of the page against them.
      worker.addEventListener("error", () => this.startHere());
      worker.postMessage({ name: "start", index: this.index, root: this.root, base: BASE });
      return worker;
    } catch {
      return null;
    }
  }

  startHere() {
    this.worker?.terminate();
    this.worker = null;
    if (this.engine) return;
    this.engine = Promise.all([import("./engine.js"), import("./loader.js")]).then(([{ Engine }, { load }]) => {
      const engine = new Engine(this.index, this.root);
      load(engine, BASE, this.progress).catch((error) => this.fail(String(error)));
      return engine;
    });
    for (const call of this.calls.values()) this.run(call);
    this.calls.clear();
  }

  /** @param {{id?: number, value?: any, loaded?: number, failure?: string}} message */
  receive({ id, value, loaded, failure }) {
    if (loaded !== undefined) this.progress(loaded);
    else if (failure !== undefined) this.fail(failure);
    else if (id !== undefined) {
      this.calls.get(id)?.resolve(value);
      this.calls.delete(id);
    }
  }

  /** @param {Call} call */
  async run({ name, values, resolve }) {
    const engine = await this.engine;
    // @ts-expect-error -- `ask` holds the arguments' types
    resolve(engine?.[name](...values));
  }

  /**
   * Call a method of the engine.
   * @template {Method} M
   * @param {M} name
   * @param {Parameters<Engine[M]>} values
   * @returns {Promise<ReturnType<Engine[M]>>}
   */
  ask(name, ...values) {
    return new Promise((resolve) => {
      this.last += 1;
      const call = { id: this.last, name, values, resolve };
      if (!this.worker) return void this.run(call);
      this.calls.set(call.id, call);
      this.worker.postMessage({ id: call.id, name, values });
    });
  }

  /**
   * Call a method of the engine when it is free. Only the newest question counts: the answer is null for one that was
   * overtaken, before it was put or while the engine thought.
   * @template {Method} M
   * @param {M} name
   * @param {Parameters<Engine[M]>} values
   * @returns {Promise<ReturnType<Engine[M]> | null>}
   */
  async askNewest(name, ...values) {
    this.turn += 1;
    const turn = this.turn;
    while (this.busy) {
      await this.busy;
      if (turn !== this.turn) return null;
    }
    const answer = this.ask(name, ...values);
    this.busy = answer;
    const value = await answer;
    this.busy = null;
    if (name === "search" || name === "suggest") {
      const [asked] = /** @type {[string | import("./state.js").State]} */ (/** @type {unknown} */ (values));
      this.bringAbstracts(typeof asked === "string" ? asked : asked.text, value);
    }
    return turn === this.turn ? value : null;
  }

  /**
   * Bring the abstracts when a search wants them; it is then asked again, as when more of the list has come.
   * @param {string} text
   * @param {any} answer
   */
  bringAbstracts(text, answer) {
    if (this.hasAskedForAbstracts || this.loaded < this.index.total || !wantsAbstracts(this.index, text, answer)) return;
    this.hasAskedForAbstracts = true;
    if (this.worker) this.worker.postMessage({ name: "abstracts", base: BASE });
    else void Promise.all([this.engine, import("./loader.js")]).then(([engine, { loadAbstracts }]) => engine && loadAbstracts(engine, BASE, this.progress).catch(() => {}));
  }
}
