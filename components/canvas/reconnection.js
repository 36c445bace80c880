/**
 * Tell that the server is away; and when the connection to it is there again, have the whole page run anew. Streamlit
 * itself does so only where a part of the page ran last; a new server in the place of the old one would leave unread all
 * that the canvas says, and the first click on a button.
 */

/** Where Streamlit says whether it has a connection, and what it says then. */
const [STATE, CONNECTED] = ["data-test-connection-state", "CONNECTED"];

/** @param {{data: {away: string}, setStateValue: (name: string, value: number) => void}} component */
export default function ({ data, setStateValue }) {
  const app = document.querySelector(`[${STATE}]`);
  if (app === null) return undefined;
  const line = document.createElement("p");
  line.className = "away"; // shown by the page's style as long as there is no connection
  line.setAttribute("role", "status");
  line.textContent = data.away;
  app.append(line);
  let before = app.getAttribute(STATE);
  const watching = new MutationObserver(() => {
    const now = app.getAttribute(STATE);
    if (now === CONNECTED && before !== CONNECTED) setStateValue("at", Date.now());
    before = now;
  });
  watching.observe(app, { attributes: true, attributeFilter: [STATE] });
  return () => {
    watching.disconnect();
    line.remove();
  };
}
