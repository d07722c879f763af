const UPLOAD_TIMEOUT = 120000;
const ACCEPTED = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf";

/**
 * The form for photos and documents, drawn by the server on our page and by `skeleton` in the
 * widget. It shows once a message says that something can be sent.
 */
class UploadForm {
  /** @param {ChatView} view */
  constructor(view) {
    this.view = view;
    this.words = view.words;
    const { upload, needed, file, uploadProblem, progress, uploadSend } = view.parts;
    Object.assign(this, { form: upload, needed, file, problem: uploadProblem, progress, button: uploadSend });
    this.ref = upload.dataset.ref || "";
    upload.addEventListener("submit", (event) => this.submit(event));
    file.addEventListener("change", () => this.refuse(""));
  }

  /** @param {{case_ref: string|null, needed: {label: string, optional: boolean}[]}} offered */
  show(offered) {
    this.ref = offered.case_ref || "";
    this.needed.replaceChildren(...offered.needed.map((one) => make("li", {
      text: one.optional ? `${one.label} ${this.words.upload_optional}` : one.label,
    })));
    this.form.hidden = false;
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.problem.textContent = sentence;
    if (sentence) this.file.setAttribute("aria-invalid", "true");
    else this.file.removeAttribute("aria-invalid");
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const chosen = [...this.file.files];
    this.refuse("");
    this.progress.textContent = "";
    if (!chosen.length) {
      this.refuse(this.words.error_no_file);
      this.file.focus();
      return;
    }
    this.button.disabled = true;
    const left = new DataTransfer();
    try {
      for (const [place, one] of chosen.entries()) {
        if (await this.send(one)) continue;
        // What was not sent stays chosen, so that it can be tried again.
        for (const later of chosen.slice(place)) left.items.add(later);
        break;
      }
    } finally {
      this.file.files = left.files;
      this.button.disabled = false;
      if (left.files.length) this.file.focus();
    }
  }

  /** @param {File} file @returns {Promise<boolean>} whether it is with us */
  async send(file) {
    const { name } = file;
    if (file.size > Number(this.words.megabytes) * 1e6) {
      this.refuse(say(this.words, "upload_too_big", { name }));
      return false;
    }
    try {
      const answer = await this.view.client.upload(file, this.ref, (percent) => {
        // Each tenth: a listener would otherwise hear nothing but numbers.
        this.say(percent < 100
          ? say(this.words, "upload_sending", { name, percent: Math.floor(percent / 10) * 10 })
          : say(this.words, "upload_checking", { name }));
      });
      this.say(say(this.words, answer.evidence.again ? "upload_again" : "upload_sent", { name }));
      return true;
    } catch (error) {
      this.say("");
      this.refuse(`${say(this.words, "upload_failed", { name })} ${error.message || this.words.trouble}`);
      return false;
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    // The same words once more would be read out once more.
    if (this.progress.textContent !== sentence) this.progress.textContent = sentence;
  }
}

/**
 * Posts a form and tells how far it got, which fetch does not.
 * @param {string} url @param {string} token @param {FormData} body
 * @param {(percent: number) => void} tell
 * @returns {Promise<any>} JSON; rejects with a Refusal
 */
function posted(url, token, body, tell) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", url);
    asked.timeout = UPLOAD_TIMEOUT;
    asked.responseType = "json";
    asked.setRequestHeader("Authorization", `Bearer ${token}`);
    asked.upload.onprogress = (event) => event.lengthComputable && tell((100 * event.loaded) / event.total);
    asked.onload = () => {
      const said = asked.response;
      if (asked.status === 201 && said) resolve(said);
      else reject(new Refusal(asked.status, (said && said.error && said.error.message) || ""));
    };
    asked.onerror = () => reject(new Refusal(0, ""));
    asked.ontimeout = asked.onerror;
    asked.send(body);
  });
}
