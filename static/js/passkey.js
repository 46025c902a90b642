// Asks the browser for a passkey when the form is sent, puts its answer in it, and sends it then.
const asked = JSON.parse(document.getElementById("passkey").textContent);
for (const answer of document.querySelectorAll("input[name=credential]")) {
  answer.value = ""; // what a former try gave fits no second question
  answer.form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    const { create, get } = window.webauthnJSON;
    try {
      const made = asked.creation_options ? await create(asked.creation_options) : await get(asked.request_options);
      answer.value = JSON.stringify(made);
      answer.form.submit();
    } catch {
      document.querySelector("[data-passkey-failed]").hidden = false;
    }
  });
}
