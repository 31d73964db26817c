// @ts-check
/* The engine in a thread of its own, so that typing never waits for it. `search.js` is its only caller. */

import { Engine } from "./engine.js";
import { load, loadAbstracts } from "./loader.js";

/** @type {Engine | null} */
let engine = null;

self.addEventListener("message", async ({ data }) => {
  if (data.name === "start") engine = new Engine(data.index, data.root);
  const bring = data.name === "start" ? load : data.name === "abstracts" ? loadAbstracts : null;
  if (bring && engine) {
    try {
      await bring(engine, data.base, (loaded) => self.postMessage({ loaded }));
    } catch (error) {
      // The papers are found without their abstracts, too.
      if (data.name === "start") self.postMessage({ failure: String(error) });
    }
    return;
  }
  const method = /** @type {"search" | "show" | "suggest" | "tally" | "list" | "locate" | "compare"} */ (data.name);
  // @ts-expect-error -- the caller's types hold the arguments
  self.postMessage({ id: data.id, value: engine[method](...data.values) });
});
