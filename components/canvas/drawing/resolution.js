/** How many of the device's pixels make one of the page's: another on another monitor, and where the page is zoomed. */

/**
 * Be told whenever there is another number of them.
 * @param {() => void} act
 */
export function onOtherResolution(act) {
  const media = globalThis.matchMedia(`(resolution: ${globalThis.devicePixelRatio}dppx)`);
  media.addEventListener("change", () => {
    onOtherResolution(act);
    act();
  }, { once: true });
}
