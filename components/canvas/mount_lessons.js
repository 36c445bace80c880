/**
 * The half of the sidebar's component that carries the lessons: hands them to the canvas's code, as soon as that is there.
 *
 * @typedef {(component: object) => void} Show
 */

/** @param {object} component */
export default function (component) {
  const page = /** @type {{backpropPlayground?: {showLessons?: Show, whenReady?: (() => void)[]}}} */ (
    /** @type {unknown} */ (globalThis)
  );
  const registry = (page.backpropPlayground ??= {});
  if (registry.showLessons) registry.showLessons(component);
  else (registry.whenReady ??= []).push(() => registry.showLessons?.(component));
}
