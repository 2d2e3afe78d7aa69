//! Under which addresses others on the network reach this computer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

/// Where a companion that listens at `address` can be reached from elsewhere, the likeliest first;
/// nothing if it listens on loopback only. `--bind` with one address is reached at that one.
pub(crate) fn reachable(address: SocketAddr) -> Vec<SocketAddr> {
    let ip = address.ip().to_canonical();
    let addresses = if ip.is_unspecified() {
        let own = if_addrs::get_if_addrs().unwrap_or_default();
        sorted(own.into_iter().map(|interface| interface.ip()).collect(), ip, towards_the_world())
    } else {
        sorted(vec![ip], ip, None)
    };
    addresses.into_iter().map(|ip| SocketAddr::new(ip, address.port())).collect()
}

/// Those that somebody else can type: neither loopback nor link-local, and of `bound`'s family, of
/// which IPv6 takes IPv4 in. `likely` comes first, then IPv4, which is shorter.
fn sorted(mut addresses: Vec<IpAddr>, bound: IpAddr, likely: Option<IpAddr>) -> Vec<IpAddr> {
    addresses.retain(|ip| match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => bound.is_ipv6() && !ip.is_loopback() && !ip.is_unicast_link_local(),
    });
    addresses.sort_by_key(|ip| (Some(*ip) != likely, ip.is_ipv6(), *ip));
    addresses.dedup();
    addresses
}

/// The address from which this computer would speak to the world: most likely the one that
/// neighbours see. Connecting a UDP socket sends nothing.
fn towards_the_world() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((ANYWHERE, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Any address that is not this computer's own network; RFC 5737 keeps this one free.
const ANYWHERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 1);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &[&str], bound: &str, likely: Option<&str>, expected: &[&str]) {
        let ip = |text: &&str| text.parse::<IpAddr>().expect("an address");
        let found = sorted(own.iter().map(ip).collect(), ip(&bound), likely.as_ref().map(ip));
        let found: Vec<String> = found.iter().map(IpAddr::to_string).collect();
        assert_eq!(found, expected, "{own:?} at {bound}");
    }

    #[test]
    fn addresses_that_others_can_type() {
        let own = ["127.0.0.1", "10.0.0.7", "169.254.3.3", "192.168.1.5", "::1", "fe80::1", "fd00::2"];
        check(&own, "0.0.0.0", None, &["10.0.0.7", "192.168.1.5"]);
        check(&own, "0.0.0.0", Some("192.168.1.5"), &["192.168.1.5", "10.0.0.7"]);
        check(&own, "::", Some("192.168.1.5"), &["192.168.1.5", "10.0.0.7", "fd00::2"]);
        check(&["127.0.0.1"], "127.0.0.1", None, &[]);
        check(&["10.0.0.7"], "10.0.0.7", None, &["10.0.0.7"]);
        check(&["fd00::2"], "fd00::2", None, &["fd00::2"]);
    }
}
