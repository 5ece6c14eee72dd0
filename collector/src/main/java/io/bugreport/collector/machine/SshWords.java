package io.bugreport.collector.machine;

/// What OpenSSH's client says of a connection that it did not get, with what to do about it.
final class SshWords {
  private SshWords() {}

  /// @param machine as the command line names it
  /// @param said the last lines of the client
  static String of(String machine, String said) {
    if (said.contains("Host key verification failed") || said.contains("host key is known")) {
      return "the host key of "
          + machine
          + " is not known, or is another than before: connect once with ssh and check it ("
          + said
          + ")";
    }
    if (said.contains("Permission denied")) {
      return machine
          + " does not let us in, and nobody is asked for a password: add a key to the agent (ssh-add) or to the ssh configuration ("
          + said
          + ")";
    }
    if (said.contains("Could not resolve hostname")) {
      return "the name of " + machine + " cannot be resolved here (" + said + ")";
    }
    return "ssh did not get to " + machine + ": " + (said.isEmpty() ? "it said nothing" : said);
  }
}
