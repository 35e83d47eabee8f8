//! What devices, networks and game servers are configured with, as tables.

use super::check;

const HEX: &str = "9f3ab1c07d5e2486b1a4c7d9e0f21356";

#[test]
fn communities_of_snmp_are_passwords() {
    check(&[
        ("a.xml", "<snmpd><rocommunity>Hunter2xq</rocommunity></snmpd>", &["Hunter2xq"]),
        ("a.xml", "<snmpd><rocommunity>public</rocommunity></snmpd>", &[]),
        ("a.conf", "trap2sink 10.1.4.2 trapGranit9", &["trapGranit9"]),
        ("a.conf", "com2sec readonly default uferlaeufer9", &["uferlaeufer9"]),
        ("a.conf", "com2sec readonly default public", &[]),
        ("a.yml", "snmp_community: f1nkenschlag-ro", &["f1nkenschlag-ro"]),
        ("a.yml", "snmp_community: public", &[]),
        ("a.cfg", "command_line $USER1$/check_snmp -H x -C bifrost-ro9 -o 1.3", &["bifrost-ro9"]),
    ]);
}

#[test]
fn routers_and_phones_are_given_keys() {
    check(&[
        ("a.conf", "    set psksecret \"Bacalhau_2Armazem\"", &["Bacalhau_2Armazem"]),
        ("a.cfg", "key chain X\n key 1\n  key-string Kx92mmQp!", &["Kx92mmQp!"]),
        ("a.xml", &format!("<tls_psk>{HEX}</tls_psk>"), &[HEX]),
        (
            "a.rsc",
            "add name=wg0 private-key=\\\n    \"uJq9rtuu8UvK3myhAaUcqBd4H1hw4eQuYgvQY66XbGw=\"",
            &["uJq9rtuu8UvK3myhAaUcqBd4H1hw4eQuYgvQY66XbGw="],
        ),
        ("a.txt", "Backlog SSId1 Home; Password1 Croissant75; x y", &["Croissant75"]),
        (
            "a.bat",
            "start x Map?ServerPassword=trike22?AdminPassword=Gig4not?Port=7",
            &["trike22", "Gig4not"],
        ),
        ("a.yml", "- http://10.0.0.2/x?user=y&password=gr4sGroen#video=copy", &["gr4sGroen"]),
        ("a.cfg", "d-i network-console/password password Acorn7squirrel", &["Acorn7squirrel"]),
        ("a.yaml", &format!("api:\n  enabled: true\n  key: {HEX}"), &[HEX]),
        ("a.yaml", &format!("cache:\n  key: {HEX}"), &[]),
        ("a.env", &format!("JELLYFIN_API={HEX}"), &[HEX]),
        ("a.env", "JELLYFIN_API=https://media.corp.io/v1", &[]),
        ("a.py", "wlan.connect('Home', 'Fern&Friends7')", &["Fern&Friends7"]),
        ("a.py", "MQTTClient('a', '10.0.0.4', 1883, 'pots', 'm0nstera_D')", &["m0nstera_D"]),
        ("a.sh", "steamcmd +login joe gR8pizza! +app_update 1", &["gR8pizza!"]),
        ("a.sh", "steamcmd +login anonymous +app_update 1", &[]),
    ]);
}

#[test]
fn what_stands_for_a_secret_or_names_one_is_none() {
    check(&[
        ("a.edn", "{:db {:password #env DB_PASSWORD}}", &[]),
        ("a.yml", "host_key: SHA256:IGszsHuyB0oiTdIji36uMCaWmc8MMHRWZyytvICQ4OV", &[]),
        ("a.sas", "libname x oracle user=&user. password=\"&orapw.\" path=DEV;", &[]),
        ("a.h", "#define SECRET_APP_EUI \"70B3D57ED0042A83\"", &[]),
        ("a.json", "{\"figma\": {\"fileKey\": \"LUZDIZfx6RD8NJ7QTIGUeO\"}}", &[]),
        ("a.xml", "<ProductKey>W269N-WFGWX-YVC9B-4J6C9-T83GX</ProductKey>", &[]),
    ]);
}
