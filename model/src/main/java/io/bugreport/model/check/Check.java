package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes an [Analyzer] a check. The doc comment of the class is the page that users read: what is
/// wrong and why it matters, then what to do under `## Fix`. The check's id is the class name in
/// kebab case.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Check {
  /// In [#follows]: any check that follows from none itself, where the findings have a tie in
  /// common.
  String ANY = "*";

  /// The codes it reports; the first is the default. Istio's `IST…` where it does what istioctl
  /// does.
  String[] codes();

  /// What kind of problem it finds: a noun phrase without a full stop.
  String title();

  /// How bad its findings are, unless one says otherwise.
  Severity severity();

  /// Kinds of objects it reads. With none of the first kind in the mesh it is not applicable,
  /// unless it reads endpoints.
  ResourceKind[] resources() default {};

  /// Endpoints whose answers it reads. With none of the first it is not applicable.
  Endpoint[] endpoints() default {};

  /// What else it reads: summaries of certificates, logs.
  Source[] sources() default {};

  /// Whether it looks at each of its kinds by itself, and not at one kind in the light of the
  /// others: it is then applicable where there is any of them, and what could not be seen of one
  /// costs nothing of the rest.
  boolean eachKindAlone() default false;

  /// Codes or ids of checks whose findings explain this one's. A finding is grouped under such a
  /// finding about its object or a related one, or with a tie in common, see [Observation#tie].
  /// [#ANY] stands for all causes that have such a tie.
  String[] follows() default {};

  /// The analyzer of `istioctl analyze` that it stands for, such as `gateway.SecretAnalyzer`.
  String istioctlAnalyzer() default "";
}
