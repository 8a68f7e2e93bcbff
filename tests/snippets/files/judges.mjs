// What JavaScript's readers make of files: [[reader, text], ...] as JSON from stdin, an answer for each to stdout.
// The argument is the folder whose node_modules hold them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const dotenv = require("dotenv");
const ini = require("ini");
const toml = require("smol-toml");
const yaml = require("yaml");

const readers = {
  json: JSON.parse,
  toml: (text) => toml.parse(text, { integersAsBigInt: "asNeeded" }),
  "yaml 1.1": (text) => yaml.parse(text, { version: "1.1" }),
  "yaml 1.2": (text) => yaml.parse(text, { version: "1.2" }),
  dotenv: (text) => dotenv.parse(text),
  "dotenv fast": (text) => dotenv.parse(text, { fast: true }),
  ini: (text) => ini.parse(text),
};

// JSON has no notation for these.
function spelled(_, value) {
  const isOdd = typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value));
  return isOdd ? `number ${value}`.replace("Infinity", "inf") : value;
}

function answer([reader, text]) {
  try {
    return { value: readers[reader](text) };
  } catch (error) {
    return { error: String(error) };
  }
}

const questions = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(questions.map(answer), spelled));
