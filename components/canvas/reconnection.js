/**
 * When the connection to the server is there again, have the whole page run anew. Streamlit itself does so only where a
 * part of the page ran last; a new server in the place of the old one would leave unread all that the canvas says, and
 * the first click on a button.
 */

/** Where Streamlit says whether it has a connection, and what it says then. */
const [STATE, CONNECTED] = ["data-test-connection-state", "CONNECTED"];

/** @param {{setStateValue: (name: string, value: number) => void}} component */
export default function ({ setStateValue }) {
  const app = document.querySelector(`[${STATE}]`);
  if (app === null) return undefined;
  let before = app.getAttribute(STATE);
  const watching = new MutationObserver(() => {
    const now = app.getAttribute(STATE);
    if (now === CONNECTED && before !== CONNECTED) setStateValue("at", Date.now());
    before = now;
  });
  watching.observe(app, { attributes: true, attributeFilter: [STATE] });
  return () => watching.disconnect();
}
