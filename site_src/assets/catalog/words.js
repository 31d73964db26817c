// @ts-check
/* The text that the search compares: folded words, one space apart, with the signs that make a word another one. */

import { fold } from "./fold.js";

/** Signs behind a word that make it another one: `C++`, `C#`, `A*`. Written as words, `cplusplus` is found as `c plus plus`. */
const SIGNED = /(\p{L}[\p{L}\p{N}]{0,9})(\+\+|#|\*)(?![\p{L}\p{N}*+#])/gu;
/** @type {Record<string, string>} */
const SIGNS = { "++": "plusplus", "#": "sharp", "*": "star" };

/** Greek letters by name, as readers without a Greek keyboard type them: `β-VAE` is `beta vae`. */
const GREEK = new Map(
  Object.entries({
    α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ι: "iota", κ: "kappa",
    λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", ο: "omicron", π: "pi", ρ: "rho", σ: "sigma", τ: "tau", υ: "upsilon", φ: "phi",
    χ: "chi", ψ: "psi", ω: "omega",
  }),
);
/** A Greek letter alone; several make a Greek word, which stays as it is. */
const LONE_GREEK = /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu;

/** TeX in titles and pasted text: `$16 \times 16$`, `\mathcal{O}(n)`, `$\ell_1$`. Letters such as `\beta` are left to be their name. */
const TEX_FONT = /\\(?:math|text|operatorname|boldsymbol|bm|rm|bf|it|sf|tt|cal)[a-z]*\b\s*/g;
const TEX_TIMES = /\\times\b/g;
const TEX_ELL = /\\ell\b/g;

/** Scripts without spaces between words, and Korean, whose words join their particles: found anywhere, `视觉` in `深度学习的视觉表示`. */
const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}ー々〆";
const HAS_CJK = new RegExp(`[${CJK}]`, "u");
const CJK_BESIDE_OTHER = new RegExp(`(?<=[${CJK}])(?=[^${CJK}\\s])|(?<=[^${CJK}\\s])(?=[${CJK}])`, "gu");
/* Most texts have neither, and are not searched for what only such texts have. */
const NOT_ASCII = /[^\x00-\x7f]/;
const HAS_SIGN = /[+#*\\]/;

/**
 * Return the words of a text as the search compares them.
 * @param {string} text
 * @returns {string}
 */
export function toWords(text) {
  let plain = text;
  if (HAS_SIGN.test(plain)) {
    plain = plain.replace(TEX_TIMES, "x").replace(TEX_ELL, "l").replace(TEX_FONT, " ");
    plain = plain.replace(SIGNED, (_, word, sign) => word + SIGNS[sign]);
  }
  if (!NOT_ASCII.test(plain)) return fold(plain);
  const folded = fold(plain.replaceAll("×", "x").replaceAll("ℓ", "l"));
  const named = folded.replace(LONE_GREEK, (letter) => ` ${GREEK.get(letter) ?? letter} `);
  return named.replace(CJK_BESIDE_OTHER, " ").replace(/\s+/g, " ").trim();
}

/**
 * Return whether a folded word is of a script whose words are found anywhere in a text.
 * @param {string} word
 */
export function isCjk(word) {
  return HAS_CJK.test(word);
}
