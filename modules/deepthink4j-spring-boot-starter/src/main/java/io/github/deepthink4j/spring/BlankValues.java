package io.github.deepthink4j.spring;

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.Map;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Properties that stand in a file without a value. They are as if they were not set; and a named model takes back with them what it
 * would have from the block, which the binder alone would leave as it is.
 */
final class BlankValues {

    private BlankValues() {}

    static boolean isBlank(Binder binder, ConfigurationPropertyName name) {
        BindResult<Object> value = binder.bind(name, Bindable.of(Object.class));
        return value.isBound() && value.get() instanceof String text && text.isBlank();
    }

    /** As a new object of the class has it what stands below the prefix without a value. */
    static void takeBack(Binder binder, ConfigurationPropertyName prefix, Object properties) {
        BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(properties);
        BeanWrapper unset =
                PropertyAccessorFactory.forBeanPropertyAccess(BeanUtils.instantiateClass(properties.getClass()));
        for (PropertyDescriptor each : bean.getPropertyDescriptors()) {
            if (each.getWriteMethod() == null) {
                continue;
            }
            ConfigurationPropertyName name = prefix.append(DataObjectPropertyName.toDashedForm(each.getName()));
            Object value = bean.getPropertyValue(each.getName());
            if (isGroup(value)) {
                takeBack(binder, name, value);
            } else if (!isOfMany(each.getPropertyType()) && isBlank(binder, name)) {
                bean.setPropertyValue(each.getName(), unset.getPropertyValue(each.getName()));
            }
        }
    }

    /** Of the fields of a map those that are blank now, and that the block has. */
    static void takeBack(Map<String, ?> merged, Map<String, ?> ofBlock) {
        merged.entrySet()
                .removeIf(field -> ofBlock.containsKey(field.getKey())
                        && field.getValue() instanceof String text
                        && text.isBlank());
    }

    private static boolean isGroup(Object value) {
        return value instanceof RetryProperties
                || value instanceof LimitProperties
                || value instanceof FimProperties
                || value instanceof TimeoutProperties
                || value instanceof ProxyProperties;
    }

    /** The binder empties a list by itself; a map is no single value. */
    private static boolean isOfMany(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }
}
