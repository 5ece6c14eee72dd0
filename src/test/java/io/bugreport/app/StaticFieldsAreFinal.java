package io.bugreport.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Reports each static field that can change.
final class StaticFieldsAreFinal extends ArchCondition<JavaClass> {

  StaticFieldsAreFinal() {
    super("have no static field that is not final");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
        .forEach(
            field ->
                events.add(
                    SimpleConditionEvent.violated(field, field.getFullName() + " is not final")));
  }
}
