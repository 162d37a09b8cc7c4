/// Customers and their system keys, as the operator manages them.
@NullMarked
package io.menso.device.customer;

import org.jspecify.annotations.NullMarked;
