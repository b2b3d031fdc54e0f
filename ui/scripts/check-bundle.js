// Fails when the production bundle holds what it must not: the pretend backend, or an address to load code or fonts from.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const FORBIDDEN = [
  ["the pretend backend", /lokero-fake-backend/],
  ["a remote font or script", /makasiini|fonts\.googleapis|unpkg\.com|cdn\./],
  ["code made from text", /\bnew Function\(|\beval\(/],
];

const faults = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(js|css|html)$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(join(dist, name), "utf8");
    return FORBIDDEN.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${name} holds ${what}`);
  });

if (faults.length > 0) {
  process.stderr.write(`${faults.join("\n")}\n`);
  process.exit(1);
}
