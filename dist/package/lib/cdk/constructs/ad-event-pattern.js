import { Match } from "aws-cdk-lib/aws-events";
function adEventPattern({ detailTypes, dealers } = {}) {
  const dealerCode = dealers === void 0 ? {} : { dealerCode: [...dealers] };
  return {
    ...detailTypes !== void 0 && { detailType: [...detailTypes] },
    detail: { metadata: { id: Match.exists(), ...dealerCode } }
  };
}
export {
  adEventPattern
};
