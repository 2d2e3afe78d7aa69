use tongue::word;
use wire::Sender;

use super::broken::Case;
use super::paste::ReadAs;
use super::{Bench, Tool};
use crate::fragment::UNKNOWN;

impl Bench {
    /// The names and values of a link to what the tool in use has made; only what differs from the start.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = vec![("tool", self.tool.id().to_owned())];
        let mut put = |name, value: &str, usual: &str| {
            if value != usual {
                pairs.push((name, value.to_owned()));
            }
        };
        match self.tool {
            Tool::Build => {
                let (own, usual) = (&self.draft, &usual.draft);
                put("from", side(Some(own.sender)), side(Some(usual.sender)));
                put("opcode", &own.opcode.to_string(), &usual.opcode.to_string());
                put("fin", flag(own.fin), flag(usual.fin));
                put("rsv", &own.rsv.map(flag).concat(), "000");
                put("mask", flag(own.masked), flag(usual.masked));
                put("key", &own.key, &usual.key);
                put("payload", &own.payload, &usual.payload);
                put("hex", flag(own.hex), flag(usual.hex));
                put("fragment", &own.fragment.to_string(), "0");
                put("deflate", flag(own.deflate), flag(usual.deflate));
            }
            Tool::Paste => {
                put("from", side(self.paste.sender), side(None));
                put("as", self.paste.read_as.id(), ReadAs::default().id());
                put("octets", &self.paste.text, "");
            }
            Tool::Accept => {
                put("key", &self.machine.key, &usual.machine.key);
                put("guid", &self.machine.guid, &usual.machine.guid);
                put("digest", self.machine.digest.as_deref().unwrap_or_default(), "");
                put("accept", self.machine.accept.as_deref().unwrap_or_default(), "");
            }
            Tool::Break => put("case", self.case, ""),
        }
        put("unit", &self.unit.map_or_else(String::new, |unit| unit.to_string()), "");
        pairs
    }

    /// Takes one name and value of a link; `tool` must have come before.
    ///
    /// # Errors
    /// What the value should have been.
    pub(crate) fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match (self.tool, name) {
            (_, "tool") => {
                self.tool = Tool::ALL.into_iter().find(|tool| tool.id() == value).ok_or(TOOLS)?;
            }
            (_, "unit") => self.unit = Some(value.parse().map_err(|_| word!("the place of a unit"))?),
            (Tool::Build, "from") => self.draft.sender = sender(value)?,
            (Tool::Build, "opcode") => {
                self.draft.opcode =
                    value.parse().ok().filter(|opcode| *opcode < 16).ok_or(word!("0 to 15"))?;
            }
            (Tool::Build, "fin") => self.draft.fin = set(value)?,
            (Tool::Build, "rsv") => {
                let bits: Result<Vec<bool>, _> =
                    value.split("").filter(|it| !it.is_empty()).map(set).collect();
                self.draft.rsv = bits?.try_into().map_err(|_| word!("three digits of 0 and 1"))?;
            }
            (Tool::Build, "mask") => self.draft.masked = set(value)?,
            (Tool::Build, "key") => value.clone_into(&mut self.draft.key),
            (Tool::Build, "payload") => value.clone_into(&mut self.draft.payload),
            (Tool::Build, "hex") => self.draft.hex = set(value)?,
            (Tool::Build, "fragment") => {
                self.draft.fragment = value.parse().map_err(|_| word!("a number of octets"))?;
            }
            (Tool::Build, "deflate") => self.draft.deflate = set(value)?,
            (Tool::Paste, "from") => self.paste.sender = Some(sender(value)?),
            (Tool::Paste, "as") => {
                self.paste.read_as = ReadAs::ALL
                    .into_iter()
                    .find(|it| it.id() == value)
                    .ok_or(word!("guess, http, frames or deflated"))?;
            }
            (Tool::Paste, "octets") => value.clone_into(&mut self.paste.text),
            (Tool::Accept, "key") => value.clone_into(&mut self.machine.key),
            (Tool::Accept, "guid") => value.clone_into(&mut self.machine.guid),
            (Tool::Accept, "digest") => self.machine.digest = Some(value.to_owned()),
            (Tool::Accept, "accept") => self.machine.accept = Some(value.to_owned()),
            (Tool::Break, "case") => {
                self.case = Case::named(value).ok_or(word!("one of the rules to break"))?.id
            }
            _ => return Err(UNKNOWN),
        }
        Ok(())
    }
}

fn side(sender: Option<Sender>) -> &'static str {
    match sender {
        Some(Sender::Client) => "client",
        Some(Sender::Server) => "server",
        None => "",
    }
}

fn sender(value: &str) -> Result<Sender, &'static str> {
    match value {
        "client" => Ok(Sender::Client),
        "server" => Ok(Sender::Server),
        _ => Err(word!("client or server")),
    }
}

fn flag(set: bool) -> &'static str {
    if set { "1" } else { "0" }
}

fn set(value: &str) -> Result<bool, &'static str> {
    match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(word!("0 or 1")),
    }
}

const TOOLS: &str = word!("build, paste, accept or break");
