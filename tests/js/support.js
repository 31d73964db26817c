/* A small invented list as the build writes it. */

import { Chunk } from "./catalog/data.js";

/** @type {import("./catalog/data.js").Index} */
export const INDEX = {
  chunks: [],
  abstracts: { files: [], areSmall: true },
  total: 4,
  years: [2019, 2024],
  sections: [
    { id: "outer", title: "Outer", number: "1", parent: null },
    { id: "inner", title: "Inner", number: "1.1", parent: "outer" },
    { id: "other", title: "Other Things", number: "2", parent: null },
  ],
  venues: [
    { id: "Archive", title: "Archive", name: null, aliases: [] },
    { id: "Conf", title: "Conf", name: "Conference on Invented Things", aliases: ["ICIT", "Invented Conf"] },
  ],
  types: [
    { id: "inproceedings", title: "Conference paper" },
    { id: "preprint", title: "Preprint" },
  ],
  links: [
    { id: "pdf", title: "PDF" },
    { id: "code", title: "Code" },
  ],
  tags: [{ id: "two words", title: "two words" }],
  facets: [{ id: "colour", title: "Colour", values: [{ id: "red", title: "Red" }] }],
  formats: [],
  isDated: true,
  hasAuthorPages: true,
  version: "1",
};

export const COLUMNS = {
  key: ["a2024things", "b2023more", "c2021things", "d2019old"],
  place: [3, 1, 0, 2],
  title: ["More about Things", "Things", "Things, and How to Align Them", "Über <Old> & “New” Ways"],
  authors: ["Ada Éxample\nBen Sample", "Carla van der Berg", "A One\nB Two\nC Three\nD Four\nE Five\nF Six\nZoë Seven", ""],
  more: [0, 0, 1, 0],
  venue: [1, 0, 1, null],
  year: [2024, 2023, 2021, null],
  type: [0, 1, 0, 1],
  sections: [[1], [2], [1, 2], []],
  links: [[0, "https://example.org/?a=1&b='2'", 1, "https://example.org/code"], [0, "https://example.org/b"], [], []],
  tags: [[0], [], [], []],
  awards: [["Best <Paper>"], [], [], []],
  note: ["<em>note</em>", "", "", ""],
  added: ["2025-01-02", "", "2025-10-08", ""],
  aliases: [[], ["b2022more", "b2021more"], [], []],
  "facet.colour": [[0], [], [], []],
};

export const CHUNK = new Chunk(COLUMNS, INDEX, 0);
export const PAPERS = COLUMNS.key.map((_, row) => CHUNK.paper(row));
