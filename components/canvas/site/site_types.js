/**
 * What the page without a server is made of, and what it says to its worker.
 *
 * @typedef {import("./fetching.js").SiteFile} SiteFile
 *
 * @typedef {object} Site what the builder writes into the page; paths are seen from the page's address
 * @property {string} version another one for every other content
 * @property {string} worker
 * @property {string} serviceWorker
 * @property {Record<string, string>} messages the path of each language's messages; English has none
 * @property {string[]} languages all codes
 * @property {PythonFiles} python
 *
 * @typedef {object} PythonFiles
 * @property {string} pyodide the folder in which Pyodide finds its own files
 * @property {string} factory the name of the script there that makes its module
 * @property {SiteFile[]} core its own files, but for the scripts
 * @property {(SiteFile & {place: string})[]} libraries what packages have of WebAssembly, and where Python looks for each
 * @property {SiteFile[]} packages the rest of packages that were built for Pyodide
 * @property {SiteFile} archive all other Python: the playground and pure packages
 * @property {Record<string, string>} environment variables of the environment
 *
 * @typedef {object} Asked what a worker is begun with
 * @property {string} base the address of the site's folder
 * @property {string} version
 * @property {PythonFiles} python
 * @property {{link: string, language: string, preferred: string[]}} page
 *
 * @typedef {"fetching" | "starting"} Stage
 *
 * @typedef {object} Told what a worker says
 * @property {[stage: Stage, share: number]} [progress]
 * @property {string} [beside] JSON
 * @property {string} [message] JSON
 * @property {string} [document]
 * @property {string} [fault] it cannot go on
 *
 * @typedef {object} Beside what stands beside the graph
 * @property {import("../model/types/lesson_types.js").LessonGroup[]} groups
 * @property {import("../panels/language_choice.js").Language[]} languages
 * @property {string} fileName of a graph that is saved
 */

export {};
