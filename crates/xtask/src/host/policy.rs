//! The content security policy: the page's own files and nothing else; connections anywhere, because whom to
//! talk to is what the visitor chooses.

use anyhow::{Context, Result, bail};

use crate::slim::fingerprint;

/// What a page may do (Content Security Policy Level 3). `frame-ancestors` is left open: the page may be
/// embedded, and a policy in markup could not say it.
const POLICY: [(&str, &str); 11] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("connect-src", "'self' http: https: ws: wss:"),
    ("worker-src", "'self'"),
    ("frame-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("object-src", "'none'"),
];

/// A script that stood in the markup.
pub(super) struct Script {
    /// What it does.
    pub(super) text: String,
}

impl Script {
    /// Its file's name, which changes with it.
    pub(super) fn name(&self) -> String {
        format!("start-{:016x}.js", fingerprint(self.text.as_bytes()))
    }
}

/// The markup without the one script that stood in it, which gets a file of its own, with what `more` makes of it.
pub(super) fn without_scripts(
    html: &str,
    more: impl FnOnce(&str) -> Result<String>,
) -> Result<(String, Script)> {
    let start = html.find("<script").context("the page has no script that starts it: has Trunk changed?")?;
    let inner = start + html[start..].find('>').context("a script's tag does not end")? + 1;
    let end = inner + html[inner..].find("</script>").context("a script does not end")?;
    let text = html[inner..end].trim().lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let script = Script { text: more(&text)? };
    let rest = &html[end + "</script>".len()..];
    if rest.contains("<script") || html.contains(" style=") || html.contains("<style") {
        bail!("the page has scripts or styles within its markup, which its policy forbids: give them files.");
    }
    let tag = format!("<script type=module src=./{}></script>", script.name());
    Ok((format!("{}{tag}{rest}", &html[..start]), script))
}

/// The markup with the policy in front of everything that it is about, and with the manifest.
pub(super) fn stated(html: &str) -> Result<String> {
    let policy: Vec<String> = POLICY.iter().map(|(what, whence)| format!("{what} {whence}")).collect();
    let tags = format!(
        "<meta http-equiv=Content-Security-Policy content=\"{}\"><link rel=manifest href=./manifest.webmanifest>",
        policy.join("; ")
    );
    let charset = html.find("<meta charset").context("the page names no charset")?;
    let at = charset + html[charset..].find('>').context("a tag does not end")? + 1;
    Ok(format!("{}{tags}{}", &html[..at], &html[at..]))
}

/// What hosts that take a file `_headers` are to send along: names with a fingerprint never change.
pub(super) fn headers() -> String {
    let mut text = String::from("/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n");
    for hashed in ["/*.wasm", "/duplex-*", "/parts-*", "/porter-*", "/start-*", "/styles-*", "/icon-*"] {
        text.push_str(&format!("{hashed}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><meta charset=utf-8><title>x</title><script type=module>import a from './a.js';\n\nawait a();</script><link href=./b.css rel=stylesheet></head><body></body>";

    #[test]
    fn a_script_gets_a_file() {
        let (html, script) = without_scripts(PAGE, |it| Ok(it.to_owned())).expect("it has one");
        assert_eq!(script.text, "import a from './a.js';\nawait a();");
        assert!(
            html.contains(&format!("<script type=module src=./{}></script><link", script.name())),
            "{html}"
        );
        for more in ["<script>b()</script>", "<p style=color:red>", "<style>p{}</style>"] {
            let two = PAGE.replace("<body>", &format!("<body>{more}"));
            assert!(without_scripts(&two, |it| Ok(it.to_owned())).is_err(), "{more}");
        }
        assert!(without_scripts("<!doctype html>", |it| Ok(it.to_owned())).is_err());
    }

    #[test]
    fn the_policy_comes_first() {
        let html = stated(PAGE).expect("it has a charset");
        let place = |what: &str| html.find(what).unwrap_or_else(|| panic!("{what} is not in {html}"));
        assert!(place("charset") < place("default-src 'none'") && place("object-src") < place("<title>"));
        assert!(stated("<title>x</title>").is_err());
    }
}
