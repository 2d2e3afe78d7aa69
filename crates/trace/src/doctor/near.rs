/// How near a host is, as browsers see it (Local Network Access).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    /// The visitor's own computer.
    Loopback,
    /// The visitor's own network, by an address or a name that can be nothing else.
    Local,
    /// Anything else.
    Public,
}

impl Near {
    /// Where a host name or address is. Addresses as a browser's URL parser leaves them: four decimal
    /// numbers, or version 6 in its shortest form and in brackets.
    pub fn of(hostname: &str) -> Self {
        let name = hostname.to_ascii_lowercase();
        if name == "localhost" || name.ends_with(".localhost") || name == "[::1]" {
            return Self::Loopback;
        }
        let local_name = name.ends_with(".local");
        let local_6 = ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].iter().any(|it| name.starts_with(it));
        match numbers(&name) {
            Some([127, ..]) => Self::Loopback,
            Some([10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..]) => Self::Local,
            None if local_name || local_6 => Self::Local,
            _ => Self::Public,
        }
    }
}

/// The four numbers of an address.
fn numbers(name: &str) -> Option<[u8; 4]> {
    let mut parts = name.split('.').map(|part| part.parse::<u8>().ok());
    let mut next = || parts.next().flatten();
    let four = [next()?, next()?, next()?, next()?];
    parts.next().is_none().then_some(four)
}
