package io.bugreport.collector.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--vm` takes.
class SshHostTest {

  @Test
  void userAndPortMayBeLeftOut() {
    assertThat(SshHost.parse("ssh://vm")).isEqualTo(new SshHost(null, "vm", 0));
    assertThat(SshHost.parse("ssh://ops@vm.example:2222/"))
        .isEqualTo(new SshHost("ops", "vm.example", 2222));
    assertThat(SshHost.parse("ssh://[fd00::7]:22")).isEqualTo(new SshHost(null, "fd00::7", 22));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vm",
        "http://vm",
        "ssh://",
        "ssh://vm/etc",
        "ssh://vm:x",
        "ssh://vm:70000",
        "ssh://-oProxyCommand=x",
        "ssh://-l@vm",
        "ssh://u:word@vm",
        "ssh://vm?x",
        "ssh://vm vm",
        "ssh://a;b"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> SshHost.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theHostIsNeverAnOption() {
    var command = SshHost.parse("ssh://ops@vm:2222").shell(null, false).command();
    assertThat(command).endsWith("-l", "ops", "-p", "2222", "--", "vm", "sh -s");
    assertThat(command).contains("-oBatchMode=yes", "-oForwardAgent=no");
  }

  @Test
  void sudoRunsTheSameScript() {
    assertThat(SshHost.parse("ssh://vm").shell(null, true).command())
        .last()
        .isEqualTo("sudo -n sh -s");
  }
}
