export default function (component) {
  const registry = (globalThis.backpropPlayground ??= {});
  if (registry.render) registry.render(component);
  else (registry.whenReady ??= []).push((render) => render(component));
}
