// Who and what is there: filled once at the start (lab.mjs).

export const stage = {
  server: undefined, // LabServer
  groups: undefined, // GroupBook
  gate: undefined, // Gate
  phones: new Map(), // name -> Phone
  bot: undefined, // the Phone of the bot's account: signal-cli is linked to it
};

export const linkedDevices = (devices) => devices.filter((device) => device.deviceId !== 1);
export const nameOf = (aci) => stage.server.phonesByAci.get(aci)?.name;
export const aciOf = (who) => stage.phones.get(who)?.aci ?? who;

export const phoneNamed = (name) => {
  const phone = stage.phones.get(name);
  if (!phone) throw new Error(`there is no phone called ${name}`);
  return phone;
};
