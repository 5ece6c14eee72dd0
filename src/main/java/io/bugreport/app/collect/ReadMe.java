package io.bugreport.app.collect;

/// `README.txt` of an archive: for whoever opens it with nothing but tar.
final class ReadMe {
  private ReadMe() {}

  static String text(String name) {
    return """
    %s

    A snapshot of one or more Istio meshes, collected by bug-report. It only read; Secret values,
    private keys and tokens were left out before anything was written.

      report.html          open this first
      ticket.md            the same in short, to paste into a ticket
      findings.json        the same for programs; findings.sarif for code hosts
      manifest.json        how the snapshot came to be, and what it lacks
      collection.jsonl     every planned item with its outcome, one line each
      redactions.json      how much was left out, where and by which rule
      clusters/<cluster>/  the evidence, as `oc adm inspect` lays it out
      vms/<host>/          what was collected of each virtual machine

    Check it again, or serve it as a Kubernetes API for kubectl:

      bug-report analyze %s.tar.gz
      bug-report serve %s.tar.gz
    """
        .formatted(name, name, name);
  }
}
