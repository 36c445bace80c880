/**
 * The half of the component that carries data: hands it to the canvas, as soon as that is there.
 *
 * @param {object} component
 */
export default function (component) {
  /** @type {{render?: (component: object) => void, whenReady?: ((render: (component: object) => void) => void)[]}} */
  const registry = (/** @type {any} */ (globalThis).backpropPlayground ??= {});
  if (registry.render) registry.render(component);
  else (registry.whenReady ??= []).push((render) => render(component));
}
