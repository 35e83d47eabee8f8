//! Commands and where a password stands behind each, as a table.

use super::check;

#[test]
fn passwords_of_command_lines_are_found_by_what_the_command_takes() {
    check(&[
        ("a.sh", "sshpass -p hunter2 ssh joe@a.internal", &["hunter2"]),
        ("a.sh", "sshpass -p \"$PASSWORD\" ssh joe@a.internal", &[]),
        ("a.sh", "sshpass -e ssh joe@a.internal -p 2222", &[]),
        ("a.sh", "echo 'joe:hunter2' | chpasswd", &["hunter2"]),
        ("a.sh", "echo \"joe:$PASSWORD\" | chpasswd", &[]),
        ("a.sh", "echo hunter2 | passwd --stdin joe", &["hunter2"]),
        ("a.sh", "echo hunter2 | sudo -S ls", &["hunter2"]),
        ("a.sh", "htpasswd -bc /etc/users joe hunter2", &["hunter2"]),
        ("a.sh", "htpasswd -nb joe hunter2 > users", &["hunter2"]),
        ("a.sh", "htpasswd -c /etc/users joe1", &[]),
        ("a.sh", "docker login -u joe -p hunter2 registry.internal", &["hunter2"]),
        ("a.sh", "redis-cli -h cache -a hunter2 ping", &["hunter2"]),
        ("a.sh", "ldapsearch -x -D cn=admin -w hunter2 -b dc=corp", &["hunter2"]),
        ("a.sh", "smbclient //host/share -U joe%hunter2", &["hunter2"]),
        ("a.sh", "sqlplus -s joe/hunter2@orcl @a.sql", &["hunter2"]),
        ("a.sh", "sqlplus -s / as sysdba @a.sql", &[]),
        ("a.bat", "sqlcmd -S host -U sa -P hunter2", &["hunter2"]),
        ("a.bat", "net user joe hunter2 /add", &["hunter2"]),
        ("a.bat", "net user joe /delete", &[]),
        ("a.bat", r"net use Z: \\host\share hunter2 /user:joe", &["hunter2"]),
        ("a.bat", r"net use Z: \\host\share /user:joe hunter2", &["hunter2"]),
        ("a.bat", r"net use Z: \\host\share /user:joe *", &[]),
        ("a.sh", "echo hunter2 | docker login -u joe --password-stdin", &["hunter2"]),
        ("a.sh", "printf '%s' hunter2 | docker login -u joe --password-stdin", &["hunter2"]),
        ("a.sh", "az keyvault secret set --vault-name a --name b --value hunter2", &["hunter2"]),
        ("a.sh", "az keyvault secret set --vault-name a --name b --value $B", &[]),
        ("a.sh", "vercel env add A production <<< \"hunter2\"", &["hunter2"]),
        ("a.sh", "echo hunter2 | wrangler secret put A", &["hunter2"]),
        ("a.sh", "printf \"hunter2\" | gcloud secrets create a --data-file=-", &["hunter2"]),
        ("a.sh", "cat a.txt | gcloud secrets versions add a --data-file=-", &[]),
        ("a.sh", "rabbitmqctl add_user joe hunter2", &["hunter2"]),
        ("a.sh", "mongodump -u joe -p hunter2 --db x", &["hunter2"]),
        ("a.ps1", "ConvertTo-SecureString -AsPlainText -Force -String 'hunter2'", &["hunter2"]),
        ("a.sh", "plink -ssh root@a.internal -pw hunter2 uptime", &["hunter2"]),
        ("a.sh", "mosquitto_pub -u joe -P hunter2 -t a", &["hunter2"]),
        ("a.sh", "ipmitool -H a -U joe -P hunter2 power on", &["hunter2"]),
        ("a.sh", "ipmitool -H a -U joe -P $PASSWORD power on", &[]),
        ("a.sh", "zip -P hunter2 a.zip a && unzip -P wintxr2031 a.zip", &["hunter2", "wintxr2031"]),
        ("a.sh", "zip -p a1 b1", &[]),
        ("a.sh", "7z x a.7z -phunter2", &["hunter2"]),
        ("a.sh", "openssl enc -aes-256-cbc -k hunter2 -in a", &["hunter2"]),
        ("a.bat", r"schtasks /create /ru CORP\joe /rp hunter2", &["hunter2"]),
        ("a.sh", "xfreerdp /v:a /u:joe /p:hunter2", &["hunter2"]),
        ("a.sh", "lftp -u joe,hunter2 ftp.corp.io", &["hunter2"]),
        ("a.sh", "http -a joe:hunter2 corp.io/api", &["hunter2"]),
        ("a.sh", "snmpwalk -v2c -c hunter2 10.0.0.1", &["hunter2"]),
        ("a.sh", "snmpwalk -v2c -c public 10.0.0.1", &[]),
        ("a.conf", "rocommunity hunter2 10.0.0.0/8", &["hunter2"]),
        ("a.cfg", "snmp-server community hunter2 RO", &["hunter2"]),
        ("a.cfg", "snmp-server community public RO", &[]),
        ("a.cfg", "tacacs-server key 0 hunter2", &["hunter2"]),
        ("a.sh", "oc login https://a:6443 -u joe -p hunter2", &["hunter2"]),
        ("a.sh", "nmcli dev wifi connect corp password hunter2", &["hunter2"]),
        ("a.ps1", r#"$p = "hunter2" | ConvertTo-SecureString -AsPlainText -Force"#, &["hunter2"]),
        ("a.sh", "cargo login q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.sh", "vault login -method=userpass username=joe1", &[]),
        ("a.sh", "vault operator unseal q8ZtR2mW5vKxLp93=", &["q8ZtR2mW5vKxLp93="]),
        ("a.sh", "wandb login $WANDB_KEY", &[]),
        ("a.sh", "twine upload -u __token__ -p q8ZtR2mW5vKx dist/*", &["q8ZtR2mW5vKx"]),
        ("a.bat", "dotnet nuget push a.nupkg -k q8ZtR2mW5vKx -s b", &["q8ZtR2mW5vKx"]),
        ("a.sh", "poetry config http-basic.corp joe hunter2", &["hunter2"]),
        ("a.sh", "poetry config http-basic.corp joe", &[]),
        ("a.sh", "etcdctl --user root:hunter2 get a", &["hunter2"]),
        ("a.sh", "gh auth login --with-token <<< q8ZtR2mW5vKx", &["q8ZtR2mW5vKx"]),
        ("a.sh", "echo q8ZtR2mW5vKx | gh auth login --with-token", &["q8ZtR2mW5vKx"]),
        ("a.sh", "gh auth login --with-token < token1.txt", &[]),
        ("a.sh", "mc alias set corp https://corp.io joe hunter2", &["hunter2"]),
        ("a.sh", "mc alias set corp $URL $USER $PASSWORD", &[]),
        ("a.sh", "elasticsearch-users useradd joe -p hunter2 -r a", &["hunter2"]),
        ("a.sh", "rdesktop -u joe -p hunter2 10.0.0.1", &["hunter2"]),
        ("a.sh", "kinit joe@CORP.IO <<< hunter2", &["hunter2"]),
        ("a.sh", "bw login joe@corp.io hunter2", &["hunter2"]),
        ("a.sh", "bw login joe@corp.io --method 0", &[]),
        ("a.sh", "poetry config pypi-token.corp q8ZtR2mW5vKx", &["q8ZtR2mW5vKx"]),
        ("a.sh", "codecov -t $CODECOV_TOKEN && docker run -t image", &[]),
        (
            "a.sh",
            "codecov -t 7d3f0a96-1c58-4be2-9f47-b86ae2d50c13",
            &["7d3f0a96-1c58-4be2-9f47-b86ae2d50c13"],
        ),
    ]);
}

#[test]
fn more_calls_take_a_password_by_its_place() {
    check(&[
        ("A.java", r#"new PBEKeySpec("hunter2".toCharArray(), salt, 1);"#, &["hunter2"]),
        ("A.java", "new PBEKeySpec(password.toCharArray(), salt, 1);", &[]),
        ("A.cs", r#"new Rfc2898DeriveBytes("hunter2", salt);"#, &["hunter2"]),
        ("a.py", r#"yagmail.SMTP("joe@corp.io", "hunter2")"#, &["hunter2"]),
        ("a.rb", "OpenSSL::HMAC.hexdigest('SHA256', 'q8ZtR2mW5vKx', d)", &["q8ZtR2mW5vKx"]),
        ("a.rb", "OpenSSL::HMAC.hexdigest('SHA256', key, 'data')", &[]),
        ("a.ini", "PassWord=hunter2", &["hunter2"]),
        ("a.py", "User.objects.create_superuser('joe', 'joe@corp.io', 'hunter2')", &["hunter2"]),
        ("a.py", "User.objects.create_superuser('joe', 'Joe Doe', 'hunter2')", &[]),
        ("a.cs", r#"m.PasswordSignInAsync("joe", "hunter2", false)"#, &["hunter2"]),
        ("a.js", "bcrypt.hash('kite47fjord', 10)", &["kite47fjord"]),
        ("a.js", "bcrypt.hashSync(password, 10)", &[]),
        ("a.py", "bcrypt.hashpw(b'kite47fjord', salt)", &["kite47fjord"]),
    ]);
}

#[test]
fn the_word_behind_a_flag_in_a_list_is_found_on_its_own_line_too() {
    check(&[
        (
            "mcp.json",
            "{\"args\": [\n  \"-y\",\n  \"--api-key\",\n  \"q8ZtR2mW5vKxLp93\"\n ]}",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.py", "flags = [\n  '--password',\n  '--verbose',\n]", &[]),
        ("a.py", "add(\n  '--token',\n  help='of joe1',\n)", &[]),
    ]);
}

#[test]
fn values_are_found_on_command_lines_wherever_those_stand() {
    check(&[
        ("a.yml", "- mvn -Dnexus.password=hunter2 deploy", &["hunter2"]),
        ("a.yml", "run: |\n  tool --password=hunter2 next\n  ls", &["hunter2"]),
        ("a.yml", "- PGPASSWORD=hunter2 psql -h db", &["hunter2"]),
        ("a.yml", "- export DB_PASSWORD=hunter2 STAGE=prod", &["hunter2"]),
        ("a.yml", "- DB_PASSWORD=hunter2,x;y", &["hunter2,x;y"]),
        ("a.yml", "args:\n  - --api-key\n  - q8ZtR2mW5vKxLp93\n", &["q8ZtR2mW5vKxLp93"]),
        ("a.sh", "tool \\\n  --password \\\n  hunter2 \\\n  --next", &["hunter2"]),
        ("a.sh", "tool --password \\\n  --next", &[]),
        (
            "a.yml",
            "- API_KEY=${API_KEY:-q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8Zt}",
            &["q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8Zt"],
        ),
        ("a.plist", "<string>--api-key=q8ZtR2mW5vKxLp93</string>", &["q8ZtR2mW5vKxLp93"]),
        ("a.plist", "<string>--password</string>\n<string>hunter2</string>", &["hunter2"]),
        ("a.plist", "<string>--password</string>\n<string>--next</string>", &[]),
        ("a.bat", r"cmdkey /add:host /user:joe /pass:hunter2", &["hunter2"]),
        ("a.bat", "osql -S host -U sa -P hunter2", &["hunter2"]),
        ("a.bat", "setx /M DB_PASSWORD hunter2", &["hunter2"]),
        ("a.http", "Authorization: Basic joe:hunter2", &["hunter2"]),
        ("a.md", "Authorization: Basic user:password", &[]),
    ]);
}
