/** In which language the page speaks before Python does: found as Python finds it (`engine/messages/catalogues.py`). */

/**
 * The first language among these tags that there is; English where there is none.
 * @param {readonly string[]} tags such as "ja-JP"
 * @param {readonly string[]} codes
 */
export function bestLanguage(tags, codes) {
  const known = new Map(codes.map((code) => [plain(code), code]));
  for (const tag of tags) {
    const parts = plain(tag).split("-");
    for (let end = parts.length; end > 0; end -= 1) {
      const code = known.get(parts.slice(0, end).join("-"));
      if (code !== undefined) return code;
    }
  }
  return "en";
}

/** @param {string} tag */
const plain = (tag) => tag.trim().replaceAll("_", "-").toLowerCase();
