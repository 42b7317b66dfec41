import { useTranslation } from 'react-i18next';
import type { Device } from '../../shared/devices/schema.ts';
import { minutesBetween } from '../../shared/kernel/time.ts';
import type { ScanRow } from '../../shared/orders/scan-row.ts';
import { refsOf } from '../../shared/scheduling/slot-rule.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';

/** What a technician does to a step: done, given up, open again, moved to a device. */
export function useStepDeeds() {
  const { t } = useTranslation('orders');
  const { run, isRunning } = useCommand();
  const { may } = useSession();
  const mayWrite = may('orders.write');
  return {
    mayWrite,
    mayMove: may('appointments.book'),
    setStatus: (row: ScanRow, status: 'completed' | 'cancelled' | 'scheduled'): void => {
      const { order } = row;
      if (!order || isRunning || !mayWrite) return;
      const done = t(`did.${status}`, { name: row.name.written, procedure: row.procedure });
      void run(
        'orders/set-status',
        { orderId: order.id, status },
        { seen: { [`imagingOrder/${order.id}`]: order }, done },
      );
    },
    moveTo: (row: ScanRow, device: Device): void => {
      const { appointment } = row;
      if (!appointment || isRunning) return;
      const { practitionerId, roomId } = refsOf(appointment);
      const input = {
        appointmentId: appointment.id,
        locationId: device.locationId,
        startsAtUtc: appointment.startsAtUtc,
        durationMin: minutesBetween(appointment.startsAtUtc, appointment.endsAtUtc),
        practitionerId,
        roomId,
        deviceId: device.id,
      };
      const done = t('did.moved', { name: row.name.written, device: device.name });
      void run('scheduling/move', input, { seen: { [`appointment/${appointment.id}`]: appointment }, done });
    },
  };
}
