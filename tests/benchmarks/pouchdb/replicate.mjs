// Replicates 1,000 documents of 50 fields from one PouchDB on disk to another; prints the seconds of that.
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, folder] = process.argv.slice(2);
const PouchDB = createRequire(pathToFileURL(join(modules, "package.json")))("pouchdb");
const DOCUMENTS = 1000;
const FIELDS = 50;

function document(place) {
  const made = { _id: `dossier-${String(place).padStart(6, "0")}` };
  for (let field = 0; field < FIELDS; field += 1) made[`field_${field}`] = `waarde ${place} ${field}`;
  return made;
}

const source = new PouchDB(join(folder, "source"));
const target = new PouchDB(join(folder, "target"));
await source.bulkDocs(Array.from({ length: DOCUMENTS }, (_, place) => document(place)));
const begin = performance.now();
const done = await source.replicate.to(target);
const seconds = (performance.now() - begin) / 1000;
if (!done.ok || done.docs_written !== DOCUMENTS) throw new Error("not everything was replicated");
await Promise.all([source.close(), target.close()]);
console.log(seconds);
