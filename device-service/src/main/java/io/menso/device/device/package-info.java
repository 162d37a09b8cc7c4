/// Devices: tablets of a customer, each assigned to a gallery.
@NullMarked
package io.menso.device.device;

import org.jspecify.annotations.NullMarked;
