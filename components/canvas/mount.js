/**
 * The half of the component that carries data: hands it to the canvas, as soon as that is there.
 *
 * @typedef {(component: object) => void} Render
 */

/** @param {object} component */
export default function (component) {
  const page = /** @type {{backpropPlayground?: {render?: Render, whenReady?: ((render: Render) => void)[]}}} */ (
    /** @type {unknown} */ (globalThis)
  );
  const registry = (page.backpropPlayground ??= {});
  if (registry.render) registry.render(component);
  else (registry.whenReady ??= []).push((render) => render(component));
}
