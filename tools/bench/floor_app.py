"""The floor: the least that a components-v2 app can do for an edit, a list of numbers that Python computes anew.

The number of entries stands in the URL: `?nodes=12`.
"""

import streamlit as st

_JAVASCRIPT = """
export default function ({ data, parentElement, setStateValue }) {
  let root = parentElement.querySelector(".floor");
  if (root === null) {
    root = document.createElement("div");
    root.className = "floor";
    const field = document.createElement("input");
    field.addEventListener("change", () => root.send(Number(field.value)));
    root.append(field, document.createElement("ol"));
    parentElement.append(root);
  }
  root.send = (value) => setStateValue("value", value);
  const list = root.querySelector("ol");
  data.numbers.forEach((number, index) => {
    if (!list.children[index]) list.append(document.createElement("li"));
    list.children[index].textContent = number;
  });
}
"""

_component = st.components.v2.component("floor", js=_JAVASCRIPT)


@st.fragment
def show() -> None:
    """Show the list; an edit runs only this again."""
    state = st.session_state.get("list")
    value = state.get("value", 2) if state is not None else 2
    count = int(st.query_params.get("nodes", "12"))
    numbers = [str(value * (index + 1)) for index in range(count)]
    _component(key="list", data={"numbers": numbers}, on_value_change=lambda: None)


show()
