// Asks the browser for a passkey when the form is sent, puts its answer in it, and sends it then. The page waits for this
// script before it shows the button: pressed earlier, the form would go without an answer.
document.addEventListener("submit", async (event) => {
  const { credential } = event.target.elements;
  if (!credential) return;
  event.preventDefault();
  const asked = JSON.parse(document.getElementById("passkey").textContent);
  const { create, get } = window.webauthnJSON;
  try {
    const made = asked.creation_options ? await create(asked.creation_options) : await get(asked.request_options);
    credential.value = JSON.stringify(made);
    event.target.submit(); // asks this script nothing again
  } catch {
    document.querySelector("[data-passkey-failed]").hidden = false;
  }
});
