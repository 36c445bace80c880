/** A script as a notebook of Jupyter's, in its format 4.5: a cell for each group of lines that empty lines part. */

/**
 * @param {string[]} lines the script's
 * @param {string} heading what the notebook says first, in Markdown
 */
export function notebook(lines, heading) {
  const markdown = { cell_type: "markdown", id: "heading", metadata: {}, source: sourceOf(heading.split("\n")) };
  const code = cellsOf(lines).map((cell, index) => ({
    cell_type: "code", execution_count: null, id: `cell-${index + 1}`, metadata: {}, outputs: [], source: sourceOf(cell),
  }));
  return {
    cells: [markdown, ...code],
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/**
 * @param {string[]} lines
 * @returns {string[][]}
 */
function cellsOf(lines) {
  /** @type {string[][]} */
  const cells = [[]];
  for (const line of lines) {
    if (line) cells[cells.length - 1].push(line);
    else if (cells[cells.length - 1].length > 0) cells.push([]);
  }
  return cells.filter((cell) => cell.length > 0);
}

/**
 * A cell's text as notebooks keep it: each line but the last with its end.
 * @param {string[]} lines
 */
function sourceOf(lines) {
  return lines.map((line, index) => (index < lines.length - 1 ? `${line}\n` : line));
}
