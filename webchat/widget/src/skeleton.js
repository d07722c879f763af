/**
 * The parts of a chat, as `templates/webchat/chat.html` draws them on our own page.
 * @param {Words} words
 * @returns {Node[]}
 */
function skeleton(words) {
  const part = (tag, name, attributes = {}, children = []) => make(tag, { "data-part": name, ...attributes }, children);
  const talk = part("div", "talk", { class: "cl-talk" }, [
    part("p", "problem", { class: "cl-problem", id: "cl-problem", role: "alert" }),
    part("form", "composer", { class: "cl-composer", novalidate: true }, [
      make("label", { for: "cl-text", class: "cl-label", text: words.text_label }),
      part("textarea", "text", { id: "cl-text", class: "cl-input", rows: 2, "aria-describedby": "cl-problem cl-count" }),
      make("button", { class: "cl-button cl-button--send", text: words.send }),
      part("p", "count", { class: "cl-count", id: "cl-count" }),
    ]),
    part("form", "upload", { class: "cl-upload", novalidate: true, hidden: true }, [
      make("details", {}, [
        make("summary", { class: "cl-button cl-button--quiet", text: words.upload_heading }),
        part("ul", "needed", { class: "cl-needed" }),
        make("label", { for: "cl-file", class: "cl-label", text: words.upload_label }),
        make("p", { class: "cl-hint", id: "cl-file-hint", text: words.upload_hint }),
        part("input", "file", {
          class: "cl-file", type: "file", id: "cl-file", name: "file", multiple: true, accept: ACCEPTED,
          "aria-describedby": "cl-file-hint cl-upload-problem",
        }),
        part("div", "uploadProblem", { class: "cl-problem", id: "cl-upload-problem", role: "alert" }),
        part("p", "progress", { class: "cl-progress", role: "status" }),
        make("p", {}, [part("button", "uploadSend", { class: "cl-button", text: words.upload_button })]),
      ]),
    ]),
    make("div", { class: "cl-actions" }, [
      part("form", "person", { class: "cl-person" }, [make("button", { class: "cl-button cl-button--quiet", text: words.person })]),
      make("details", { class: "cl-end" }, [
        make("summary", { class: "cl-button cl-button--quiet", text: words.end }),
        part("form", "end", {}, [
          make("p", { text: words.end_sure }),
          make("button", { class: "cl-button cl-button--warn", text: words.end_yes }),
        ]),
      ]),
    ]),
  ]);
  return [
    part("p", "mode", { class: "cl-mode", role: "status" }),
    part("p", "queue", { class: "cl-queue", role: "status" }),
    part("div", "log", { class: "cl-log", tabindex: 0, role: "region", "aria-label": words.log_label }, [
      make("div", { role: "log", "aria-live": "polite", "aria-label": words.log_label }, [
        part("ol", "lines", { class: "cl-lines" }),
      ]),
      part("ol", "waiting", { class: "cl-lines" }),
      part("p", "typing", { class: "cl-typing", "aria-hidden": "true", hidden: true }, [
        make("span", { text: words.typing }), make("span", { class: "cl-dots" }),
      ]),
      part("p", "unsent", { class: "cl-unsent", hidden: true }, [
        part("button", "retry", { type: "button", class: "cl-button", text: words.retry }),
      ]),
    ]),
    part("p", "status", { class: "cl-status", role: "status" }),
    talk,
    ended(words, part),
  ];
}

/** What comes after the chat. @param {Words} words @param {Function} part */
function ended(words, part) {
  return part("section", "ended", { class: "cl-ended", hidden: true }, [
    part("h2", "endedHeading", { tabindex: -1, text: words.ended_heading }),
    make("p", { class: "cl-row" }, [
      part("button", "transcript", { type: "button", class: "cl-button cl-button--quiet", text: words.transcript }),
    ]),
    part("form", "rating", { class: "cl-rating", novalidate: true }, [
      make("fieldset", { "aria-describedby": "cl-rating-problem" }, [
        make("legend", { text: words.rating_heading }),
        ...[5, 4, 3, 2, 1].map((value) => make("label", { class: "cl-radio" }, [
          make("input", { type: "radio", name: "rating", value }), make("span", { text: words[`rating_${value}`] }),
        ])),
      ]),
      part("p", "ratingProblem", { class: "cl-problem", id: "cl-rating-problem", role: "alert" }),
      make("label", { for: "cl-comment", class: "cl-label", text: words.comment_label }),
      make("p", { class: "cl-hint", id: "cl-comment-hint", text: words.comment_hint }),
      part("textarea", "comment", { id: "cl-comment", class: "cl-input", rows: 3, maxlength: MAX_TEXT, "aria-describedby": "cl-comment-hint" }),
      make("button", { class: "cl-button", text: words.rating_send }),
    ]),
    part("p", "rated", { class: "cl-rated", tabindex: -1, hidden: true, text: words.rating_thanks }),
    part("form", "again", { class: "cl-row" }, [make("button", { class: "cl-button", text: words.new_chat })]),
  ]);
}
