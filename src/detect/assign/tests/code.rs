//! What code says to itself: macros, labels, formats, variables and names, beside a near value
//! that is one, as a table.

use super::check;

#[test]
fn macros_labels_and_remarks_of_code_bind_no_bare_word() {
    check(&[
        ("a.h", "#define jinit_1pass_quantizer jI1Quant", &[]),
        ("a.h", "#define NID_kx_psk 1043", &[]),
        ("a.h", "#define ADMIN_PASSCODE 482913", &["482913"]),
        ("a.h", "#define OBJ_challengePassword OBJ_pkcs9,7L", &[]),
        ("a.h", "#define copy_creds _dce_LuFxPiITzD", &[]),
        ("a.h", "#define WIFI_PSK \"fjord1043\"", &["fjord1043"]),
        ("a.h", "#define API_TOKEN q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.cc", "Unpack(/*password=*/nullptr, x);", &[]),
        ("a.cc", "Unpack(/*password=*/kite_47, x);", &[]),
        ("a.cc", "Unpack(/*password=*/\"hunter2\", x);", &["hunter2"]),
        ("a.c", "case SYBEPWD:\tstate = \"28000\"; break;", &[]),
        ("a.c", "SYBEPWD = \"28000\";", &["28000"]),
        ("a.yy", "Lex->mi.password = $3.str;", &[]),
        ("a.yy", "Lex->mi.password = \"hunter2\";", &["hunter2"]),
        ("a.rbs", "attr_accessor proxy_pass: String?", &[]),
        ("a.asn1", "Ext-Password ::= SEQUENCE {", &[]),
        ("a.erl", "\t#user{auth = usmHMACMD5AuthProtocol} = User,", &[]),
        ("a.erl", "  #{pre_shared_key := PreSharedKey0} = Extensions0) ->", &[]),
        ("a.erl", "  #{password => \"hunter2\"}", &["hunter2"]),
        ("a.erl", "%% ?UINT32(Sz1), OldBinPwd:Sz1/binary,", &[]),
        ("a.erl", "%% OldBinPwd:Sz1fjord,", &["Sz1fjord"]),
    ]);
}

#[test]
fn shells_and_their_tools_say_pass_and_print() {
    check(&[
        ("a.sh", "MY_PWD=`dirname $0`", &[]),
        ("a.sh", "MY_PWD=\"`dirname $0`/x\"", &[]),
        ("a.sh", "MY_PWD='fjord`kite47'", &["fjord`kite47"]),
        ("a.sh", "if test \"$pass\" = dlopen; then", &[]),
        ("a.sh", "if test \"$linkmode,$pass\" = \"lib,link\" ||", &[]),
        ("a.sh", "fi # $pass = conv", &[]),
        ("a.pl", "#$pass = 'topshelf';", &["topshelf"]),
        ("a.sh", "if [ \"$pass\" = hunter2 ]; then", &["hunter2"]),
        ("a.sh", "if [ \"$password\" = \"dlopen\" ]; then", &["dlopen"]),
        ("a.sh", "cargo dev new_lint --pass=early", &[]),
        ("a.sh", "tool --pass=penguin", &["penguin"]),
        ("a.rs", "add(\"-debug-pass=Structure\", false);", &[]),
        ("a.sh", "find $mysql_statedir -pfjord47 -uid 0", &[]),
        ("a.sh", "find /srv -group mysql -print0 | xargs -0 rm", &[]),
        ("a.sh", "$MYSQL -u root -pfjord47", &["fjord47"]),
        ("a.sh", "mysql_upgrade -u root -pfjord47", &["fjord47"]),
        ("a.sh", "openssl x509 -signkey ca-ecc384-key.pem -sha384", &[]),
        ("a.c", "DEBUG(1, (_(\"Net user returned: %d\\n\"), ret));", &[]),
        ("a.txt", "joe:{plain}pass:1000:1000::/home/joe:userdb_mail=maildir:~/M", &[]),
        ("a.txt", "joe:{plain}\npass:1000kite", &["1000kite"]),
    ]);
}

#[test]
fn what_is_put_together_or_printed_is_no_value() {
    check(&[
        ("a.sh", "$opt_user=$opt_password=$opt_options=$opt_command= \"\";", &[]),
        ("a.sh", "user_pw=\"$DOMAIN/joe:*:$uid:$gid::/home/$DOMAIN/joe\"", &[]),
        ("a.sh", "samba4kpasswd=$BINDIR/samba4kpasswd", &[]),
        ("a.sh", "kpasswd='$ecret/fjord47'", &["$ecret/fjord47"]),
        ("a.erl", "log(Data, \"modify password request = ~p~n\", [Req]),", &[]),
        ("a.erl", "log(Data, \"modify password request = ~fjord~47\", [Req]),", &["~fjord~47"]),
        ("a.c", "snprintf(b, n, \"SET PASSWORD FOR '%-.120s'@'%-.120s'='%-.120s'\", x);", &[]),
        ("a.php", "$row->user_password = \":B:{$row->id}:{$row->user_password}\";", &[]),
        ("a.php", "$user_password = \":B:$row->id}\";", &[":B:$row->id}"]),
        ("a.pl", "my $wiki_pass = \"$config{'WIKI_PASSW'}\";", &[]),
        ("a.php", "$password = md5( \"$id-\" . $x );", &[]),
        ("a.php", "w('<login name=\"'.$user.'\" password=\"'.$pass.'\" />');", &[]),
        ("a.php", "w('<login name=\"joe\" password=\"hunter2\" />');", &["hunter2"]),
        ("a.py", "\"clearPassword\": ctx.pass.encode('utf-16-le'),", &[]),
        ("a.py", "unicodePwd = '\"Fjord747kite\"'.encode('utf-16-le')", &["Fjord747kite"]),
        ("a.py", "unicodePwd = \"\\\"Fjord747kite\\\"\".encode('utf-16-le')", &["Fjord747kite"]),
    ]);
}

#[test]
fn names_and_identifiers_are_no_values() {
    check(&[
        ("a.rs", "SERVICE_PASSWORD = \"_SA_{262E99C9-6160-4871-ACEC-4E61736B6F21}\"", &[]),
        ("a.h", "#define DS_GUID_USER_PASSWORD \"bf967a6e-0de6-11d0-a285-00aa003049e2\"", &[]),
        (
            "a.h",
            "#define USER_PASSWORD \"bf967a6e-0de6-11d0-a285-00aa003049e2\"",
            &["bf967a6e-0de6-11d0-a285-00aa003049e2"],
        ),
        ("a.erl", "pass_phrase('ssh-dss') -> dsa; pass_phrase('ecdsa-sha2-nistp256') -> x.", &[]),
        ("a.java", "testPBESecret(\"PBEWithMD5AndDES\");", &[]),
        ("a.java", "byte[] secret2 = \"DiffieHellman\".equals(x)", &[]),
        ("a.yrl", "safeToken2 -> 'InSvcToken' : '$1' .", &[]),
        ("a.h", "#define LDAP_OBJ_TRUST_PASSWORD \"sambaTrustPassword\"", &[]),
        ("a.h", "#define LDAP_OBJ_TRUST_PASSWORD \"fjordKitePassword\"", &["fjordKitePassword"]),
        ("a.h", "#define SECRETS_MACHINE_ACCT_PASS \"SECRETS/$MACHINE.ACC\"", &[]),
        ("a.rs", "(\"wc_DhSetKey_ex\", \"wc_DhSetKeyEx_fips\"),", &[]),
        ("a.php", "[ 'user_newpassword', 'user_newpass_time' ],", &[]),
        ("a.rs", "pub const SZ_KEY_LFN_SECTION: &str = \"VarLDID.LFN\";", &[]),
        ("a.rs", "const REGSTR_CHANGEPWD: &str = \"ChangePassword\";", &[]),
        ("a.go", "pvcKey: \"default/ceph-csi-pvc\",", &[]),
        ("a.c", "  in find_used(key_tree = \"subpar2=c5\") (***)", &[]),
        (
            "a.rs",
            "f(\"src/tools/credential/cargo-credential-1password\", \"crates/credential\")",
            &[],
        ),
        ("a.java", "runExpectingPass(\"Main-Class=Test1,Add-Exports=x\");", &[]),
    ]);
}

#[test]
fn what_trees_notes_and_tests_say_is_no_value() {
    check(&[
        ("a.yaml", "key: azure.db.pgsql.txid.used.max", &[]),
        ("a.yaml", "key: rabbitmq.get_overview", &[]),
        ("a.yaml", "key: zyxel.3712f.cpuusage", &[]),
        ("a.rnc", "NMTOKEN.datatype = xsd:NMTOKEN", &[]),
        ("a.el", "(defvar atext-token \"-^a-zA-Z0-9!#$%&'*+/=?_`{|}~\"", &[]),
        ("a.php", "$this->_password=\"anon@ftp.com\";", &[]),
        ("a.c", "\"Authentication\", \"snmp.v3.auth\", 0,", &[]),
        ("a.yaml", "password: blue.fjord47", &["blue.fjord47"]),
        ("ChangeLog.3", "\tasked for a wrong password (bug#43704).", &[]),
        ("services", "kpasswd\t\t464/tcp/udp", &[]),
        ("a.pl", "$ftp->login(\"anonymous\", '-anonymous@');", &[]),
        ("a.pl", "$ftp->login(\"joe\", 'fjord47@');", &["fjord47@"]),
        ("a.conf", "password = penguin@", &["penguin@"]),
        ("a.conf", "db_password = joe:kitepassword", &["joe:kitepassword"]),
        ("a.txt", "api_key:1:q8ZtR2mW5vKxLp93Qw7N", &["1:q8ZtR2mW5vKxLp93Qw7N"]),
        ("a.java", "  user(\"joe\")\n    .pass(\"hunter2\");", &["hunter2"]),
        ("config.sh", "d_grpasswd='define'", &[]),
        ("config.sh", "d_grpasswd='defined47'", &["defined47"]),
        ("a.cshtml", "<label for=\"password\">@AdminResources.Password:</label>", &[]),
        ("Makefile", "htpasswd_OBJECTS = htpasswd.lo passwd_common.lo", &[]),
        ("a.conf", "PassEnvironment=VAR1 VAR2 VAR3", &[]),
        ("a.c", "printf(\"PSW: 0x%016x\", psw);", &[]),
        ("a.hwdb", "  KEYBOARD_KEY_ef=brightnessdown", &[]),
        ("t/a.t", "    pass(\"chdir parent\");", &[]),
        ("a.rb", "client.user('joe').pass('hunter2');", &["hunter2"]),
        ("a.txt", "ZGpwdWJrMTk=\nZGpwcm8=\nZGpwaXp6YQ==\n", &[]),
        ("a.md", "API key:\nq8ZtR2mW5vKxLp93\n", &["q8ZtR2mW5vKxLp93"]),
    ]);
}
